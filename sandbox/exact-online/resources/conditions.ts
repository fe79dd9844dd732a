import { randomUUID } from 'node:crypto';
import { PAYMENT_CONDITION_FIELDS } from '../fields/index.js';
import type { ConditionRecord } from '../store/index.js';
import { required } from './entries.js';
import { defineResource } from './resource.js';
import { stamps } from './stamps.js';

export const paymentConditions = defineResource<ConditionRecord>({
  path: 'cashflow/PaymentConditions',
  typeName: 'Exact.Web.Api.Models.Cashflow.PaymentCondition',
  fields: PAYMENT_CONDITION_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'financial.cashflow',
  rows: ({ division }) => division.conditions.byKey(),
  find: ({ division }, key) => division.conditions.get(String(key)),
  values: {
    ...stamps,
    ID: (row) => row.key,
    Code: (row) => row.record.code,
    Description: (row) => row.record.description,
    PaymentDays: (row) => row.record.paymentDays,
    PaymentEndOfMonths: () => 0,
    PaymentMethod: () => 'B',
    DiscountPaymentDays: () => 0,
    DiscountPercentage: () => 0,
    Percentage: () => 1,
    DiscountCalculation: () => 'I',
    VATCalculation: () => 'E',
    PaymentDiscountType: () => 'B',
  },
  post: (fields, { division, now }) => {
    required(fields, { Code: 'Code', Description: 'Omschrijving' });
    const record = {
      code: String(fields['Code']),
      description: String(fields['Description']),
      paymentDays: Number(fields['PaymentDays'] ?? 0),
    };
    return division.conditions.put(randomUUID(), record, { now });
  },
});
