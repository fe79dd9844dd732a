import type { TemplateText } from './template-text.js';

const REACH =
  "{% if channel == 'letter' %}mail dan naar {{ sender.email }}{% else %}antwoord dan op deze e-mail{% endif %}{% if sender.phone %} of bel {{ sender.phone }}{% endif %}";

const CLOSING = `Hebt u al betaald, dan hoeft u niets te doen; hebt u een vraag of lukt betalen nu niet, ${REACH}, dan zoeken we samen een oplossing.`;

const GREETING = 'Beste {{ recipient }},';

const SIGNED = `Met vriendelijke groet,

{{ sender.signature }}`;

export const DUTCH: Readonly<Record<'notice' | 'first-reminder' | 'second-reminder' | 'formal-notice', TemplateText>> =
  {
    notice: {
      subject:
        '{% if count == 1 %}Factuur {{ invoice.number }} van {{ sender.name }}: te betalen uiterlijk op {{ invoice.dueDate }}{% else %}{{ count }} facturen van {{ sender.name }}: binnenkort te betalen{% endif %}',
      body: `${GREETING}

{% if count == 1 %}Ter informatie: factuur {{ invoice.number }} van {{ invoice.date }} vervalt op {{ invoice.dueDate }}.{% else %}Ter informatie: {{ count }} facturen vervallen binnenkort.{% endif %} Staat de betaling al klaar, dan hoeft u verder niets te doen.

{% payment %}

{% invoices %}

Klopt er iets niet, hebt u een vraag of lukt betalen op tijd niet, ${REACH}.

${SIGNED}`,
    },
    'first-reminder': {
      subject:
        '{% if count == 1 %}Factuur {{ invoice.number }}{% else %}{{ count }} facturen{% endif %} van {{ sender.name }}: vriendelijke herinnering',
      body: `${GREETING}

Misschien is het u ontgaan: {% if count == 1 %}factuur {{ invoice.number }} van {{ invoice.date }} is op {{ invoice.dueDate }} vervallen en staat bij ons nog {% if partlyPaid %}deels {% endif %}open{% else %}{{ count }} facturen staan bij ons nog open{% endif %}. Wilt u het bedrag{% if payBy %} uiterlijk op {{ payBy }}{% endif %} overmaken?

{% payment %}

{% invoices %}

{% legal %}

${CLOSING}

${SIGNED}`,
    },
    'second-reminder': {
      subject:
        '{% if count == 1 %}Factuur {{ invoice.number }}{% else %}{{ count }} facturen{% endif %} van {{ sender.name }}: tweede herinnering',
      body: `${GREETING}

{% if count == 1 %}Onlangs herinnerden we u aan factuur {{ invoice.number }} van {{ invoice.date }}, die op {{ invoice.dueDate }} is vervallen.{% else %}Onlangs herinnerden we u aan {{ count }} openstaande facturen.{% endif %} We hebben de betaling nog niet {% if partlyPaid %}volledig {% endif %}ontvangen. Wilt u het openstaande bedrag{% if payBy %} uiterlijk op {{ payBy }}{% endif %} overmaken?

{% payment %}

{% invoices %}

{% legal %}

{% if next.kind == 'formal-notice' %}Ontvangen we uw betaling of een bericht van u niet op tijd, dan sturen we u op {{ next.on }} een aanmaning.{% elsif next.kind == 'handover' %}Ontvangen we uw betaling of een bericht van u niet op tijd, dan dragen we deze vordering op {{ next.on }} over aan een incassopartner.{% endif %}

${CLOSING}

${SIGNED}`,
    },
    'formal-notice': {
      subject:
        '{% if count == 1 %}Factuur {{ invoice.number }}{% else %}{{ count }} facturen{% endif %} van {{ sender.name }}: aanmaning',
      body: `{% if debtor.contactName %}Geachte {{ debtor.contactName }},{% else %}Geachte heer, mevrouw,{% endif %}

Ondanks onze herinneringen hebben we de betaling van {% if count == 1 %}factuur {{ invoice.number }} van {{ invoice.date }}, vervallen op {{ invoice.dueDate }},{% else %}{{ count }} vervallen facturen{% endif %} nog niet {% if partlyPaid %}volledig {% endif %}ontvangen. Met {% if channel == 'letter' %}deze brief{% else %}dit bericht{% endif %} stellen we u in gebreke en manen we u aan het verschuldigde bedrag {% if payBy %}uiterlijk op {{ payBy }}{% else %}zonder uitstel{% endif %} te betalen.

{% payment %}

{% invoices %}

{% legal %}

{% if next.kind == 'handover' %}Ontvangen we uw betaling of een bericht van u niet op tijd, dan dragen we deze vordering op {{ next.on }} over aan een incassopartner.{% endif %}

${CLOSING}

Hoogachtend,

{{ sender.signature }}`,
    },
  };
