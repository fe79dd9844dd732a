import type { TemplateText } from './template-text.js';

const REACH =
  "{% if channel == 'letter' %}please write to {{ sender.email }}{% else %}please reply to this e-mail{% endif %}{% if sender.phone %} or call {{ sender.phone }}{% endif %}";

const CLOSING = `If you have already paid, there is nothing you need to do; if you have a question or cannot pay right now, ${REACH} and we will look for a solution together.`;

const GREETING = 'Dear {{ recipient }},';

const SIGNED = `Kind regards,

{{ sender.signature }}`;

export const ENGLISH: Readonly<
  Record<'notice' | 'first-reminder' | 'second-reminder' | 'formal-notice', TemplateText>
> = {
  notice: {
    subject:
      '{% if count == 1 %}Invoice {{ invoice.number }} from {{ sender.name }}: due on {{ invoice.dueDate }}{% else %}{{ count }} invoices from {{ sender.name }}: due soon{% endif %}',
    body: `${GREETING}

{% if count == 1 %}For your information: invoice {{ invoice.number }} of {{ invoice.date }} falls due on {{ invoice.dueDate }}.{% else %}For your information: {{ count }} invoices fall due soon.{% endif %} If your payment is already scheduled, there is nothing more you need to do.

{% payment %}

{% invoices %}

If something is not right, if you have a question or if you cannot pay in time, ${REACH}.

${SIGNED}`,
  },
  'first-reminder': {
    subject:
      '{% if count == 1 %}Invoice {{ invoice.number }}{% else %}{{ count }} invoices{% endif %} from {{ sender.name }}: friendly reminder',
    body: `${GREETING}

This may have slipped your attention: {% if count == 1 %}invoice {{ invoice.number }} of {{ invoice.date }} fell due on {{ invoice.dueDate }} and is still {% if partlyPaid %}partly {% endif %}open in our books{% else %}{{ count }} invoices are still open in our books{% endif %}. Could you please transfer the amount{% if payBy %} by {{ payBy }}{% endif %}?

{% payment %}

{% invoices %}

{% legal %}

${CLOSING}

${SIGNED}`,
  },
  'second-reminder': {
    subject:
      '{% if count == 1 %}Invoice {{ invoice.number }}{% else %}{{ count }} invoices{% endif %} from {{ sender.name }}: second reminder',
    body: `${GREETING}

{% if count == 1 %}We recently reminded you of invoice {{ invoice.number }} of {{ invoice.date }}, which fell due on {{ invoice.dueDate }}.{% else %}We recently reminded you of {{ count }} open invoices.{% endif %} We have not yet received {% if partlyPaid %}full {% endif %}payment. Could you please transfer the open amount{% if payBy %} by {{ payBy }}{% endif %}?

{% payment %}

{% invoices %}

{% legal %}

{% if next.kind == 'formal-notice' %}If we receive neither your payment nor a message from you in time, we will send you a formal notice on {{ next.on }}.{% elsif next.kind == 'handover' %}If we receive neither your payment nor a message from you in time, we will pass this claim to a collection partner on {{ next.on }}.{% endif %}

${CLOSING}

${SIGNED}`,
  },
  'formal-notice': {
    subject:
      '{% if count == 1 %}Invoice {{ invoice.number }}{% else %}{{ count }} invoices{% endif %} from {{ sender.name }}: formal notice',
    body: `{% if debtor.contactName %}Dear {{ debtor.contactName }},{% else %}Dear Sir or Madam,{% endif %}

Despite our reminders, we have not yet received {% if partlyPaid %}full {% endif %}payment of {% if count == 1 %}invoice {{ invoice.number }} of {{ invoice.date }}, which fell due on {{ invoice.dueDate }}{% else %}{{ count }} overdue invoices{% endif %}. With this {% if channel == 'letter' %}letter{% else %}message{% endif %} we give you formal notice of default and ask you to pay the amount due {% if payBy %}by {{ payBy }}{% else %}without delay{% endif %}.

{% payment %}

{% invoices %}

{% legal %}

{% if next.kind == 'handover' %}If we receive neither your payment nor a message from you in time, we will pass this claim to a collection partner on {{ next.on }}.{% endif %}

${CLOSING}

Yours {% if debtor.contactName %}sincerely{% else %}faithfully{% endif %},

{{ sender.signature }}`,
  },
};
