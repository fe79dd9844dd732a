/** What the server says with a code or a fixed sentence, in the reader's own language. */
export const server = {
  said: {
    dunningContact: 'contactpersoon voor herinneringen',
    ledgerEmail: 'e-mailadres in het boekhoudpakket',
    ledgerAddress: 'postadres in het boekhoudpakket',
    noAddress: 'er is geen adres bekend',
    setOnDebtor: 'ingesteld bij de debiteur',
    ledgerLanguage: 'taal in het boekhoudpakket',
    administrationLanguage: 'taal van de administratie',
    noLanguage: 'er is geen andere taal bekend',
  },
  task: {
    'no-recipient': {
      title: 'Geen e-mailadres bekend',
      detail:
        'Er is een herinnering aan de beurt, maar de debiteur heeft geen bruikbaar e-mailadres. Vul het aan in het boekhoudpakket of kies hier een contactpersoon.',
    },
    'post-letter': {
      title: 'Post een brief',
      detail: 'De brief staat klaar als PDF. Rond de taak af zodra hij op de post is; dan telt de stap als gezet.',
    },
    call: { title: 'Bel de debiteur', detail: 'De herinneringen hebben niet geholpen. Leg vast wat is afgesproken.' },
    'tie-out-differs': {
      title: 'De boeken sluiten niet aan op het boekhoudpakket',
      detail: 'Bekijk per debiteur wat verschilt. De taak sluit vanzelf zodra de boeken weer aansluiten.',
    },
    'mass-delete': {
      title: 'Het boekhoudpakket laat veel niet meer zien',
      detail: 'Er is niets weggehaald. Kijk in het boekhoudpakket en beslis op de pagina van de administratie.',
    },
    'message-not-composed': {
      title: 'Een bericht kon niet worden opgesteld',
      detail: 'Er is niets verzonden. Kijk in de details wat er mis is.',
    },
  },
  declared: {
    files: {
      name: 'Bestanden (CSV, Excel, UBL)',
      description:
        'Voor elk pakket dat lijsten kan maken: openstaande posten, debiteuren en betalingen als CSV of Excel, en facturen als UBL. Er wordt niets teruggeschreven: het pakket weet niet wat er is verzonden.',
      debtors:
        'Wat er in de kolommen staat, uit een lijst van debiteuren of uit de openstaande posten. Met een btw- of KvK-nummer geldt een debiteur als bedrijf, anders als consument, tot iemand het wijzigt. Wie niet meer op de lijst staat, blijft.',
      receivables:
        'Zo oud als de laatste lijst. Wat er niet meer op staat, is voldaan op die dag. Betalingen tussendoor alleen uit een bestand met betalingen.',
      'open-items':
        'De regels van de laatste lijst die open staan, min de betalingen sindsdien: zo blijkt of de boeken aansluiten.',
      deletions: 'Bestanden houden niet bij wat er is verwijderd.',
      notes: 'Niet mogelijk: er is geen pakket om naar te schrijven.',
    },
    'exact-online': {
      description:
        'Leest debiteuren en openstaande posten op wijziging, zodat een ongewijzigde administratie één verzoek per soort kost, en schrijft van elk bericht een notitie en een document.',
      debtors:
        'Elke relatie die klant is. Exact zegt niet of een debiteur een bedrijf is: met een btw- of KvK-nummer geldt hij als bedrijf, anders als consument, tot iemand het wijzigt. Contactpersonen en incassomachtigingen worden niet gelezen. Verwijderingen blijven bij Exact twee maanden zichtbaar.',
      receivables:
        'Elke post met het openstaande bedrag, ook creditnota’s en nog niet afgeletterde ontvangsten. Bij een factuur in termijnen toont elke termijn het bedrag van de hele factuur en zijn eigen openstaande bedrag. Verwijderingen blijven bij Exact twee maanden zichtbaar.',
      deletions: 'De laatste twee maanden; na een langere onderbreking wordt alles opnieuw gelezen en vergeleken.',
      'open-items': 'Alleen om totalen mee te vergelijken: zo blijkt of de boeken aansluiten.',
      notes: 'Alleen schrijven. Een notitie kan aan een document worden gekoppeld, niet aan een factuur.',
      documents: 'Alleen schrijven: het bericht als PDF van hooguit 10 MB, gekoppeld aan de debiteur en de boeking.',
      tasks:
        'Alleen schrijven, en alleen als u erom vraagt: een taak van het soort ‘bellen’ als een scenario aan een belactie toe is. Exact laat taken niet wijzigen, dus afsluiten gebeurt daar met de hand.',
      states:
        'Alleen schrijven, en alleen als u erom vraagt: hoe de debiteur ervoor staat, in een eigen blok achter de opmerkingen van de relatie. Wat anderen daar schrijven blijft staan; is ons blok gewijzigd, dan vragen we het eerst.',
    },
    clearfacts: {
      description:
        'Leest klanten (nummer en naam) en kan van elk bericht een kopie in het archief zetten en een label op de app. De openbare koppeling van ClearFacts heeft geen openstaande posten: die moeten uit een andere bron komen.',
      debtors:
        'Elke klant, met alleen nummer en naam: geen adres, e-mail, btw-nummer of taal. Er kan dus niets naartoe voor iemand dat aanvult. Elk geldt als consument tot iemand het wijzigt.',
      receivables:
        'Niet mogelijk: de openbare koppeling heeft geen facturen, bedragen, vervaldatums of betalingen. Gebruik het boekhoudpakket achter ClearFacts, of een bestand.',
      deletions: 'ClearFacts houdt niet bij wat er is verwijderd.',
      documents:
        'Alleen schrijven, en alleen als u erom vraagt: het bericht als PDF van hooguit 10 MB, in een archiefcategorie met ‘Openpost’ in de naam. ClearFacts laat niet opvragen wat er al staat, dus bij twijfel beslist een mens.',
      states: 'Alleen schrijven, waar ClearFacts de app een tegel gaf. Voor notities of een status is geen plaats.',
    },
    'clearfacts-extended': {
      name: 'ClearFacts (voorgestelde uitbreiding)',
      description:
        'Werkt met de uitbreiding voor openstaande posten die wij aan ClearFacts voorstellen en die niet in de openbare koppeling zit. Elk deel wordt per administratie geprobeerd; wat ClearFacts weigert, valt weg en de rest gaat door.',
      debtors:
        'Elke klant met adres en e-mail. Waar ClearFacts alleen de openbare lijst geeft: nummer en naam, en dan kan er niets naartoe voor iemand dat aanvult.',
      receivables:
        'Verkoopfacturen, creditnota’s en nog niet afgeletterde ontvangsten. Niets waar ClearFacts het voor de administratie niet aanbiedt. Wat is verwijderd, komt nog één keer terug en zegt dat zelf.',
      'open-items': 'Alleen om mee te vergelijken: zo blijkt of de boeken aansluiten.',
      deletions: 'ClearFacts houdt niet bij wat er is verwijderd.',
      notes: 'Alleen schrijven. Een notitie kan niet naar een bestand in het archief verwijzen.',
      documents:
        'Alleen schrijven, en alleen als u erom vraagt: het bericht als PDF van hooguit 10 MB, in een archiefcategorie met ‘Openpost’ in de naam. ClearFacts laat niet opvragen wat er al staat, dus bij twijfel beslist een mens.',
      states: 'Alleen schrijven.',
    },
    twinfield: {
      description:
        'Leest debiteuren en openstaande posten op wijziging en schrijft van elk bericht een regel in de opmerking bij de debiteur. Documenten neemt Twinfield niet aan.',
      debtors:
        'Elke debiteur. Twinfield zegt niet of het een bedrijf is: met een btw- of KvK-nummer geldt hij als bedrijf, anders als consument, tot iemand het wijzigt. Een verwijdering is te zien aan de status van de debiteur.',
      receivables:
        'Elke regel van dit boekjaar en de negen ervoor, en wat van eerder openstaat: facturen, creditnota’s en ontvangsten. Verwijderingen komen uit de lijst van verwijderde boekingen. Blijft een afgeletterde factuur achter, dan blijkt dat bij de controle op aansluiting.',
      deletions:
        'Verwijderde boekingen van de laatste tijd; wat daarbuiten valt, blijkt bij de controle op aansluiting.',
      'open-items': 'Alleen om mee te vergelijken, over alle boekjaren: zo blijkt of de boeken aansluiten.',
      notes:
        'Alleen schrijven: een eigen blok onder de opmerking bij de debiteur. Wat iemand anders daar schreef, blijft staan.',
      states: 'Alleen schrijven, en alleen als u het aanzet. Kredietlimieten en blokkades raken we nooit aan.',
    },
  },
  limit: {
    'Calls per minute': 'verzoeken per minuut',
    'Calls per day': 'verzoeken per dag',
    'Errors per hour': 'fouten per uur',
  },
  operation: {
    note: 'Notitie bij elk verzonden bericht',
    document: 'Kopie van elk verzonden bericht',
    task: 'Taak bij elke belactie',
    'dunning-status': 'Hoe ver elke factuur is',
    badge: 'Label op de tegel van de app',
    standing: 'Hoe de debiteur ervoor staat',
    'own-reminders': 'Eigen herinneringen van het pakket uitzetten',
    'reminder-email': 'Adres voor herinneringen',
  },
  problem: {
    COLUMNS_NOT_CHOSEN: 'De kolommen van dit bestand zijn nieuw. Kies wat ze betekenen.',
    FILE_ALREADY_IMPORTED:
      'Precies deze betalingen zijn al eerder geïmporteerd; ze zouden dubbel tellen. Er is niets gewijzigd.',
    FILE_NOT_WAITING: 'Dit bestand is al geïmporteerd of weggelegd.',
    BODY_TOO_LARGE: 'Dit bestand is te groot: hooguit 20 MB.',
    HOUSE_STYLE_INCOMPLETE:
      'In de huisstijl ontbreekt nog wat een bericht nodig heeft: het IBAN waarop betaald wordt en het e-mailadres van de afzender. Er is niets verzonden.',
    PLAN_CHANGED: 'Het plan is intussen gewijzigd. Bekijk het opnieuw en keur dan goed.',
    RUN_NOT_WAITING: 'Deze run wacht niet meer op goedkeuring. Er is niets gewijzigd.',
    RUN_NOT_APPROVED: 'Alleen een goedgekeurde run kan worden uitgevoerd.',
    CONNECTOR_NOT_CONFIGURED:
      'Dit pakket is op deze installatie nog niet ingesteld. Een beheerder vult de sleutel van de app in de instellingen van de server in.',
    WRITEBACK_NOT_RETRYABLE: 'Deze terugschrijving gaat al vanzelf verder.',
    WRITEBACK_NOT_OPEN: 'Deze terugschrijving is al afgerond.',
    WRITEBACK_NO_CONFLICT: 'Hier is niets gewijzigd, of er is al gekozen.',
    WRITEBACK_CONFLICT: 'Iemand heeft onze tekst gewijzigd: kies eerst wat blijft staan.',
    WRITEBACK_SUPERSEDED: 'Er is intussen een nieuwere stand.',
    'sweep-decided': 'Over deze vraag is al beslist, of er is intussen opnieuw gekeken. Er is niets gewijzigd.',
    MESSAGE_NOT_SENT: 'Het bericht waar dit bij hoort, is niet verzonden.',
    MESSAGE_NOT_UNCERTAIN: 'Dit bericht is niet meer onzeker.',
    ADMINISTRATION_ENABLED: 'Deze administratie is al toegevoegd.',
    ADMINISTRATION_DISABLED: 'Deze administratie staat uit.',
    UNKNOWN_CURRENCY: 'De valuta van deze administratie wordt niet ondersteund.',
    INTERNAL: 'Er ging aan onze kant iets mis; het is vastgelegd. Probeer het opnieuw.',
  },
  timeline: {
    block: 'Blokkade: {{kind}}{{invoice}}',
    'block-end': 'Blokkade opgeheven: {{kind}}{{invoice}}',
    blockUntil: '{{reason}} (tot en met {{until}}, door {{by}})',
    blockNoEnd: '{{reason}} (door {{by}})',
    stepTaken: '{{step}} gezet',
    stepReserved: '{{step}} besloten',
    stepReleased: '{{step}} toch niet gezet',
    messageTo: '{{state}}, aan {{to}}',
    note: 'Notitie voor het boekhoudpakket: {{state}}',
    document: 'Document voor het boekhoudpakket: {{state}}',
    task: 'Taak voor het boekhoudpakket: {{state}}',
    debtorNew: 'Debiteur toegevoegd in het boekhoudpakket',
    debtorChanged: 'Debiteur gewijzigd in het boekhoudpakket',
    debtorDeleted: 'Debiteur verwijderd uit het boekhoudpakket',
    invoiceNew: 'Factuur {{invoice}} geboekt',
    invoiceChanged: 'Factuur {{invoice}} gewijzigd',
    invoiceDeleted: 'Factuur {{invoice}} verwijderd',
    settled: 'Factuur {{invoice}} voldaan',
    partPaid: 'Factuur {{invoice}} deels betaald',
    openFromTo: 'open van {{from}} naar {{to}}',
    dueFromTo: 'vervaldatum van {{from}} naar {{to}}',
    by: 'door {{actor}}',
    ofInvoice: ', factuur {{invoice}}',
  },
} as const;
