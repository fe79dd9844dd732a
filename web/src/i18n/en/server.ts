import type { Texts } from '../nl';

/** What the server says with a code or a fixed sentence, in the reader's own language. */
export const server: Texts['server'] = {
  said: {
    dunningContact: 'dunning contact of the debtor',
    ledgerEmail: 'e-mail address in the ledger',
    ledgerAddress: 'postal address in the ledger',
    noAddress: 'no address is known',
    setOnDebtor: 'set on the debtor',
    ledgerLanguage: 'language in the ledger',
    administrationLanguage: 'language of the administration',
    noLanguage: 'no other language is known',
  },
  task: {
    'no-recipient': {
      title: 'No e-mail address known',
      detail:
        'A reminder is due, but the debtor has no usable e-mail address. Add it in the accounting package or choose a contact here.',
    },
    'post-letter': {
      title: 'Post a letter',
      detail: 'The letter is ready as a PDF. Finish the task once it is in the post; the step then counts as taken.',
    },
    call: { title: 'Call the debtor', detail: 'Reminders did not help. Record what was agreed.' },
    'tie-out-differs': {
      title: 'The books do not tie out with the accounting package',
      detail: 'See per debtor what differs. The task closes by itself once the books tie out again.',
    },
    'mass-delete': {
      title: 'The accounting package does not show much any more',
      detail: 'Nothing was taken out. Look in the accounting package and decide on the page of the administration.',
    },
    'message-not-composed': {
      title: 'A message could not be written',
      detail: 'Nothing was sent. Look in the details to see what is wrong.',
    },
  },
  declared: {
    files: {
      name: 'Files (CSV, Excel, UBL)',
      description:
        'For any package that can make lists: open items, debtors and payments as CSV or Excel, and invoices as UBL. Nothing is written back: the package does not know what was sent.',
      debtors:
        'What the columns hold, from a list of debtors or from the open items. With a VAT or register number a debtor is a business, otherwise a consumer, until somebody changes it. Who is no longer listed stays.',
      receivables:
        'As old as the newest list. What is no longer on it is settled on that day. Payments in between only from a file of payments.',
      'open-items':
        'The rows of the newest list that are open, less the payments since: this shows whether the books tie out.',
      deletions: 'Files keep no log of deletions.',
      notes: 'Not possible: there is no package to write to.',
    },
    'exact-online': {
      description:
        'Reads debtors and receivables by change, so that an unchanged administration costs one call per kind, and writes a note and a document for every message.',
      debtors:
        'Every account that is a customer. Exact does not say whether a debtor is a business: one with a VAT or chamber of commerce number counts as a business, any other as a consumer, until a person says otherwise. Contact persons and direct-debit mandates are not read. Exact shows deletions for two months.',
      receivables:
        'Every receivable with its open amount, credit notes and unallocated receipts included. Of an invoice split into terms, each term shows the amount of the whole invoice and its own open amount. Exact shows deletions for two months.',
      deletions: 'The last two months; after a longer absence everything is read again and compared.',
      'open-items': 'Only to compare totals with: this shows whether the books tie out.',
      notes: 'Written only. A note can be linked to a document, not to an invoice.',
      documents: 'Written only: the message as a PDF of at most 10 MB, linked to the debtor and the entry.',
      tasks:
        'Written only, and only when you ask for it: a task of type “call” when a scenario comes to a call. Exact takes no changes to a task, so it is closed there by hand.',
      states:
        'Written only, and only when you ask for it: how the debtor stands, in a block of our own after the remarks of the account. What others write there stays; if our block was changed, we ask first.',
    },
    clearfacts: {
      description:
        'Reads customers (id and name) and can put a copy of every message in the archive and a badge on the app. The public API of ClearFacts has no receivables: open items must come from another source.',
      debtors:
        'Every customer, with id and name only: no address, e-mail, VAT number or language. So nothing can be sent to them before somebody adds it. Each counts as a consumer until somebody changes it.',
      receivables:
        'Not possible: the public API has no invoices, amounts, due dates or payments. Use the bookkeeping package behind ClearFacts, or a file.',
      deletions: 'ClearFacts keeps no log of deletions.',
      documents:
        'Written only, and only when you ask for it: the message as a PDF of at most 10 MB, in an archive category with “Openpost” in its name. ClearFacts cannot be asked what it has, so when in doubt a person decides.',
      states: 'Written only, where ClearFacts has given the app a tile. There is no place for notes or a status.',
    },
    'clearfacts-extended': {
      name: 'ClearFacts (proposed extension)',
      description:
        'Works with the extension for open items that we propose to ClearFacts and that is not part of its public API. Each part is tried per administration; what ClearFacts refuses is left out, and the rest goes on.',
      debtors:
        'Every customer with address and e-mail. Where ClearFacts offers only its public list: id and name, and then nothing can be sent to them before somebody adds it.',
      receivables:
        'Sales invoices, credit notes and unallocated receipts. Nothing where ClearFacts does not offer it for the administration. What was deleted comes once more and says so itself.',
      'open-items': 'Only to compare with: this shows whether the books tie out.',
      deletions: 'ClearFacts keeps no log of deletions.',
      notes: 'Written only. A note cannot point at an archived file.',
      documents:
        'Written only, and only when you ask for it: the message as a PDF of at most 10 MB, in an archive category with “Openpost” in its name. ClearFacts cannot be asked what it has, so when in doubt a person decides.',
      states: 'Written only.',
    },
    twinfield: {
      description:
        'Reads debtors and receivables by change, and writes a line in the debtor’s comment for every message. Twinfield takes no documents.',
      debtors:
        'Every debtor. Twinfield does not say whether it is a business: one with a VAT or chamber of commerce number counts as a business, any other as a consumer, until a person says otherwise. A deletion shows in the status of the debtor.',
      receivables:
        'Every line of this book year and the nine before, and what is open from earlier: invoices, credit notes and money received. Deletions come from the list of deleted transactions. Should a matched invoice stay behind, the tie-out shows it.',
      deletions: 'Transactions deleted lately; what lies beyond shows in the tie-out.',
      'open-items': 'Only to compare with, over all book years: this shows whether the books tie out.',
      notes: 'Written only: a block of our own below the debtor’s comment. What anybody else wrote there stays.',
      states: 'Written only, and only when you switch it on. Credit limits and blocks are never touched.',
    },
  },
  limit: {
    'Calls per minute': 'calls per minute',
    'Calls per day': 'calls per day',
    'Errors per hour': 'errors per hour',
  },
  operation: {
    note: 'Note with every message sent',
    document: 'Copy of every message sent',
    task: 'Task for every call',
    'dunning-status': 'How far every invoice has come',
    badge: 'Badge on the tile of the app',
    standing: 'How the debtor stands',
    'own-reminders': 'Switch off the package’s own reminders',
    'reminder-email': 'Address for reminders',
  },
  problem: {
    COLUMNS_NOT_CHOSEN: 'The columns of this file are new. Choose what they mean.',
    FILE_ALREADY_IMPORTED: 'These very payments were imported before; they would count twice. Nothing was changed.',
    FILE_NOT_WAITING: 'This file was imported or put away already.',
    BODY_TOO_LARGE: 'This file is too large: 20 MB at most.',
    HOUSE_STYLE_INCOMPLETE:
      'The house style lacks what a message needs: the IBAN to pay to and the e-mail address of the sender. Nothing was sent.',
    PLAN_CHANGED: 'The plan has changed meanwhile. Look at it again, then approve.',
    RUN_NOT_WAITING: 'This run no longer waits for approval. Nothing was changed.',
    RUN_NOT_APPROVED: 'Only an approved run can be applied.',
    CONNECTOR_NOT_CONFIGURED:
      'This package has not been set up on this installation yet. An administrator enters the key of the app in the settings of the server.',
    WRITEBACK_NOT_RETRYABLE: 'This write-back already goes on by itself.',
    WRITEBACK_NOT_OPEN: 'This write-back is settled already.',
    WRITEBACK_NO_CONFLICT: 'Nothing was changed here, or it was decided already.',
    WRITEBACK_CONFLICT: 'Somebody changed our text: choose first what stays.',
    WRITEBACK_SUPERSEDED: 'There is a newer state by now.',
    'sweep-decided': 'This question was decided, or somebody looked again meanwhile. Nothing was changed.',
    MESSAGE_NOT_SENT: 'The message that this belongs to was not sent.',
    MESSAGE_NOT_UNCERTAIN: 'This message is no longer uncertain.',
    ADMINISTRATION_ENABLED: 'This administration has already been added.',
    ADMINISTRATION_DISABLED: 'This administration is switched off.',
    UNKNOWN_CURRENCY: 'The currency of this administration is not supported.',
    INTERNAL: 'Something went wrong on our side; it was recorded. Try again.',
  },
  timeline: {
    block: 'Block: {{kind}}{{invoice}}',
    'block-end': 'Block released: {{kind}}{{invoice}}',
    blockUntil: '{{reason}} (through {{until}}, by {{by}})',
    blockNoEnd: '{{reason}} (by {{by}})',
    stepTaken: '{{step}} taken',
    stepReserved: '{{step}} decided',
    stepReleased: '{{step}} not taken after all',
    messageTo: '{{state}}, to {{to}}',
    note: 'Note for the accounting package: {{state}}',
    document: 'Document for the accounting package: {{state}}',
    task: 'Task for the accounting package: {{state}}',
    debtorNew: 'Debtor added in the accounting package',
    debtorChanged: 'Debtor changed in the accounting package',
    debtorDeleted: 'Debtor deleted from the accounting package',
    invoiceNew: 'Invoice {{invoice}} entered',
    invoiceChanged: 'Invoice {{invoice}} changed',
    invoiceDeleted: 'Invoice {{invoice}} deleted',
    settled: 'Invoice {{invoice}} settled',
    partPaid: 'Invoice {{invoice}} paid in part',
    openFromTo: 'open from {{from}} to {{to}}',
    dueFromTo: 'due date from {{from}} to {{to}}',
    by: 'by {{actor}}',
    ofInvoice: ', invoice {{invoice}}',
  },
};
