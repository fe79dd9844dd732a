/** How a column of a screen behaves until the request says otherwise. */
export interface ScreenColumn {
  /** Without `fin.trs.`. */
  readonly field: string;
  readonly visible: boolean;
  /** Only such a column can be filtered on. */
  readonly ask: boolean;
  readonly operator: Operator;
  readonly from?: string;
  readonly finderparam?: string;
}

export const OPERATORS = ['none', 'equal', 'between', 'like'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Screen {
  readonly nl: string;
  readonly en: string;
  readonly columns: readonly ScreenColumn[];
}

type More = Partial<Omit<ScreenColumn, 'field' | 'ask' | 'operator'>>;

const plain = (field: string, more: More = {}): ScreenColumn => ({
  field,
  visible: true,
  ask: false,
  operator: 'none',
  ...more,
});
const asked = (field: string, operator: Operator, more: More = {}): ScreenColumn => ({
  field,
  visible: true,
  ask: true,
  operator,
  ...more,
});

const PERIOD = { from: '$DEFAULT$' };
const HIDDEN = { visible: false };

const CUSTOMER_CARD: readonly ScreenColumn[] = [
  asked('head.yearperiod', 'between', PERIOD),
  asked('head.code', 'equal', { finderparam: 'hidden=1' }),
  plain('head.shortname'),
  asked('head.number', 'between'),
  asked('head.status', 'equal', { from: 'normal' }),
  plain('head.date'),
  asked('line.dim2', 'between', { finderparam: 'dimtype=DEB' }),
  plain('line.dim2name'),
  { ...plain('head.curcode', HIDDEN), operator: 'equal' },
  { ...plain('line.valuesigned', HIDDEN), operator: 'between' },
  asked('line.basevaluesigned', 'between'),
  plain('line.repvaluesigned'),
  plain('line.openbasevaluesigned'),
  asked('line.invnumber', 'equal'),
  plain('line.datedue'),
  asked('line.matchstatus', 'equal'),
  plain('line.matchnumber'),
  asked('line.matchdate', 'between'),
  plain('line.openvaluesigned', HIDDEN),
  plain('line.availableforpayruns', HIDDEN),
  asked('line.modified', 'between'),
];

const CUSTOMERS_1: readonly ScreenColumn[] = [
  plain('head.office'),
  plain('head.officename'),
  plain('head.year'),
  plain('head.period'),
  asked('head.yearperiod', 'between', { ...HIDDEN, ...PERIOD }),
  asked('head.code', 'like'),
  plain('head.shortname'),
  plain('head.number'),
  asked('head.status', 'equal', { from: 'normal' }),
  plain('head.date'),
  plain('line.datedue'),
  plain('line.invnumber'),
  plain('head.curcode'),
  plain('head.customer.respuser'),
  plain('head.customer.respusername'),
  plain('head.customer.creditlimit'),
  plain('head.modified'),
  asked('line.dim1', 'between'),
  plain('line.dim1name'),
  asked('line.dim2', 'between', { finderparam: 'dimtype=DEB' }),
  plain('line.dim2name'),
  plain('line.valuesigned'),
  plain('line.basevaluesigned'),
  plain('line.repvaluesigned'),
  plain('line.openbasevaluesigned'),
  asked('line.matchstatus', 'equal'),
  plain('line.matchdate'),
  plain('line.matchnumber'),
  plain('line.payrun'),
  plain('line.modified'),
  plain('line.freetext1'),
  plain('line.freetext2'),
  plain('line.freetext3'),
];

/**
 * The screens of the customers' ledger. No recording of 130_3 exists, which Twinfield advises for open items: here it is
 * 130_1 with the open amount in the currency of the invoice, and with the moment of change to ask for.
 */
export const SCREENS: Readonly<Record<string, Screen>> = {
  '100': { nl: 'Debiteurenkaart', en: 'Customer transactions', columns: CUSTOMER_CARD },
  '130_1': { nl: 'Debiteuren', en: 'Customers', columns: CUSTOMERS_1 },
  '130_3': {
    nl: 'Debiteuren',
    en: 'Customers',
    columns: [
      ...CUSTOMERS_1.map((each) => (each.field === 'line.modified' ? asked('line.modified', 'between') : each)),
      plain('line.openvaluesigned'),
    ],
  },
};

export const PREFIX = 'fin.trs.';
