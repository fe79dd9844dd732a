import type { TemplateText } from './template-text.js';

/*
 * A no-break space before ":", ";" and "?", as French typography asks. The sender's name stands after a dash, because
 * "de" before a name would need an elision that only a person can decide ("d’Acme", "de Hachette").
 */

const REACH =
  "{% if channel == 'letter' %}écrivez à {{ sender.email }}{% else %}répondez à cet e-mail{% endif %}{% if sender.phone %} ou appelez le {{ sender.phone }}{% endif %}";

const CLOSING = `Si vous avez déjà payé, vous n’avez rien à faire\u00a0; si vous avez une question ou si le paiement vous pose problème, ${REACH}\u00a0: nous chercherons une solution ensemble.`;

const GREETING = 'Bonjour {{ recipient }},';

const SIGNED = `Cordialement,

{{ sender.signature }}`;

export const FRENCH: Readonly<Record<'notice' | 'first-reminder' | 'second-reminder' | 'formal-notice', TemplateText>> =
  {
    notice: {
      subject:
        '{% if count == 1 %}Facture {{ invoice.number }} – {{ sender.name }}\u00a0: à payer au plus tard le {{ invoice.dueDate }}{% else %}{{ count }} factures – {{ sender.name }}\u00a0: bientôt à échéance{% endif %}',
      body: `${GREETING}

{% if count == 1 %}Pour votre information, la facture {{ invoice.number }} du {{ invoice.date }} arrive à échéance le {{ invoice.dueDate }}.{% else %}Pour votre information, {{ count }} factures arrivent bientôt à échéance.{% endif %} Si votre paiement est déjà prévu, vous n’avez rien d’autre à faire.

{% payment %}

{% invoices %}

Si quelque chose n’est pas correct, si vous avez une question ou si vous ne pouvez pas payer à temps, ${REACH}.

${SIGNED}`,
    },
    'first-reminder': {
      subject:
        '{% if count == 1 %}Facture {{ invoice.number }}{% else %}{{ count }} factures{% endif %} – {{ sender.name }}\u00a0: rappel amical',
      body: `${GREETING}

Cela vous a peut-être échappé\u00a0: {% if count == 1 %}la facture {{ invoice.number }} du {{ invoice.date }}, échue le {{ invoice.dueDate }}, n’est pas encore {% if partlyPaid %}entièrement {% endif %}payée{% else %}{{ count }} factures ne sont pas encore {% if partlyPaid %}entièrement {% endif %}payées{% endif %}. Pourriez-vous verser le montant dû{% if payBy %} au plus tard le {{ payBy }}{% endif %}\u00a0?

{% payment %}

{% invoices %}

{% legal %}

${CLOSING}

${SIGNED}`,
    },
    'second-reminder': {
      subject:
        '{% if count == 1 %}Facture {{ invoice.number }}{% else %}{{ count }} factures{% endif %} – {{ sender.name }}\u00a0: deuxième rappel',
      body: `${GREETING}

{% if count == 1 %}Nous vous avons récemment envoyé un rappel pour la facture {{ invoice.number }} du {{ invoice.date }}, échue le {{ invoice.dueDate }}.{% else %}Nous vous avons récemment envoyé un rappel pour {{ count }} factures impayées.{% endif %} Nous n’avons pas encore reçu {% if partlyPaid %}la totalité du paiement{% else %}votre paiement{% endif %}. Pourriez-vous verser le montant restant dû{% if payBy %} au plus tard le {{ payBy }}{% endif %}\u00a0?

{% payment %}

{% invoices %}

{% legal %}

{% if next.kind == 'formal-notice' %}Si nous ne recevons à temps ni votre paiement ni de vos nouvelles, nous vous adresserons une mise en demeure le {{ next.on }}.{% elsif next.kind == 'handover' %}Si nous ne recevons à temps ni votre paiement ni de vos nouvelles, nous transmettrons cette créance à une société de recouvrement le {{ next.on }}.{% endif %}

${CLOSING}

${SIGNED}`,
    },
    'formal-notice': {
      subject:
        '{% if count == 1 %}Facture {{ invoice.number }}{% else %}{{ count }} factures{% endif %} – {{ sender.name }}\u00a0: mise en demeure',
      body: `Madame, Monsieur,

Malgré nos rappels, nous n’avons pas encore reçu {% if partlyPaid %}la totalité du{% else %}le{% endif %} paiement {% if count == 1 %}de la facture {{ invoice.number }} du {{ invoice.date }}, échue le {{ invoice.dueDate }}{% else %}de {{ count }} factures échues{% endif %}. Par {% if channel == 'letter' %}la présente{% else %}ce message{% endif %}, nous vous mettons en demeure de payer le montant restant dû {% if payBy %}au plus tard le {{ payBy }}{% else %}sans délai{% endif %}.

{% payment %}

{% invoices %}

{% legal %}

{% if next.kind == 'handover' %}Si nous ne recevons à temps ni votre paiement ni de vos nouvelles, nous transmettrons cette créance à une société de recouvrement le {{ next.on }}.{% endif %}

${CLOSING}

Veuillez agréer, Madame, Monsieur, nos salutations distinguées.

{{ sender.signature }}`,
    },
  };
