/** What a file can be. `invoice` is a UBL document; the others are tables. */
export const TABLE_KINDS = ['debtors', 'open-items', 'payments'] as const;
export type TableKind = (typeof TABLE_KINDS)[number];
export type FileKind = TableKind | 'invoice';

/** What a column may mean. `names`: how packages head it in Dutch, French and English, small letters and digits only. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly required: boolean;
  readonly names: readonly string[];
}

const field = (key: string, label: string, names: string, required = false): Field => ({
  key,
  label,
  required,
  names: names.split(' '),
});

const DEBTOR_CODE = field('debtorCode', 'Debtor number', 'debiteurnummer debiteurcode debiteurnr klantnummer klantcode klantnr relatiecode relatienummer relatienr debtornumber debtorcode debtorno debtorid customernumber customercode customerno customerid accountcode accountnumber codeclient numeroclient numclient noclient nclient debiteur code nummer'); // prettier-ignore
const DEBTOR_NAME = field('debtorName', 'Name of the debtor', 'naam debiteurnaam klantnaam relatienaam naamdebiteur naamklant bedrijfsnaam bedrijf klant relatie name debtorname customername customer debtor client companyname company nom nomclient nomduclient raisonsociale societe'); // prettier-ignore
const INVOICE_NUMBER = field('invoiceNumber', 'Invoice number', 'factuurnummer factuurnr factuur facturen boekstuknummer boekstuknr boekstuk documentnummer stuknummer invoicenumber invoiceno invoicenr invoiceid invoice documentnumber numerofacture numerodefacture nfacture nofacture numfacture facture piece numeropiece', true); // prettier-ignore

const ADDRESS: readonly Field[] = [
  field('contactName', 'Contact person', 'contactpersoon contact tav aanspreekpunt contactname contactperson attn personnedecontact'), // prettier-ignore
  field('email', 'E-mail', 'email emailadres emailfactuur factuuremail mail emailaddress courriel adressemail mel'),
  field('phone', 'Telephone', 'telefoon telefoonnummer telefoonnr tel mobiel gsm phone phonenumber telephone mobile numerodetelephone'), // prettier-ignore
  field('addressLine', 'Street and number', 'adres straat straatnaam adresregel1 adresregel address street addressline1 addressline adresse rue'), // prettier-ignore
  field('postcode', 'Postcode', 'postcode zip zipcode postalcode codepostal cp'),
  field('city', 'Town', 'plaats woonplaats stad gemeente plaatsnaam city town ville localite commune'),
  field('country', 'Country', 'land landcode country countrycode pays codepays'),
  field('language', 'Language', 'taal taalcode language languagecode langue'),
  field(
    'vatNumber',
    'VAT number',
    'btwnummer btwnr btw btwidnummer btwid vatnumber vatno vat vatid numerotva notva tva ntva',
  ),
  field('chamberOfCommerce', 'Register number', 'kvk kvknummer kvknr ondernemingsnummer kbonummer kbo cocnumber chamberofcommerce companynumber registrationnumber numerodentreprise siren siret bce'), // prettier-ignore
];

/** The fields of each kind, in the order in which columns are looked for: the particular before the general. */
export const FIELDS: Readonly<Record<TableKind, readonly Field[]>> = {
  debtors: [
    DEBTOR_CODE,
    { ...DEBTOR_NAME, required: true },
    ...ADDRESS,
    field(
      'kind',
      'Business or consumer',
      'soort type debiteursoort klantsoort soortdebiteur kind customertype typeclient',
    ),
    field('paymentCondition', 'Payment terms', 'betalingsconditie betaalconditie betaaltermijn betalingstermijn paymentcondition paymentterms conditionsdepaiement delaidepaiement'), // prettier-ignore
  ],
  'open-items': [
    INVOICE_NUMBER,
    field('dueDate', 'Due date', 'vervaldatum vervaldag vervalt verval uiterstebetaaldatum betaalvoor duedate due datedue echeance dateecheance datedecheance', true), // prettier-ignore
    field('invoiceDate', 'Invoice date', 'factuurdatum boekdatum boekingsdatum documentdatum datum invoicedate documentdate postingdate date datefacture datedefacture datedelafacture', true), // prettier-ignore
    field('openAmount', 'Open amount', 'openstaand openstaandbedrag bedragopenstaand openbedrag openstaandsaldo openstaandebedrag open saldo restbedrag restant nogtebetalen tebetalen openamount amountopen outstanding outstandingamount amountoutstanding openbalance balance balancedue amountdue remaining remainingamount solde soldeouvert montantouvert montantdu resteapayer restantdu', true), // prettier-ignore
    field('amount', 'Invoice amount', 'factuurbedrag bedraginclbtw totaalinclbtw bedragincl totaalincl bedrag totaal totaalbedrag invoiceamount amount total totalamount originalamount amountincl montant montantttc totalttc montanttotal montantfacture'), // prettier-ignore
    DEBTOR_CODE,
    DEBTOR_NAME,
    field('currency', 'Currency', 'valuta valutacode munt muntcode currency currencycode devise monnaie'),
    field('yourRef', 'Reference of the debtor', 'uwreferentie uwref referentie inkoopnummer ordernummer yourref yourreference reference customerreference ponumber votrereference'), // prettier-ignore
    field('paymentReference', 'Payment reference', 'betalingskenmerk betaalkenmerk gestructureerdemededeling mededeling paymentreference structuredcommunication communicationstructuree communication'), // prettier-ignore
    field('description', 'Description', 'omschrijving description libelle memo'),
    field(
      'directDebit',
      'Direct debit',
      'incasso automatischeincasso domiciliering directdebit domiciliation prelevement',
    ),
    field('itemId', 'Own number of the line', 'regelnummer postnummer regelid postid itemid lineid entryid'),
    ...ADDRESS,
  ],
  payments: [
    INVOICE_NUMBER,
    field('paymentDate', 'Date of the payment', 'betaaldatum betaaldop datumbetaling betalingsdatum ontvangstdatum boekdatum valutadatum datum paymentdate paidon paiddate datepaid datereceived date datepaiement datedepaiement', true), // prettier-ignore
    field('paidAmount', 'Amount paid', 'betaaldbedrag bedragbetaald betaald ontvangen ontvangenbedrag bedrag paidamount amountpaid paid paymentamount received amount montantpaye montantregle regle montant', true), // prettier-ignore
  ],
};

/** Which columns mean what, and how their numbers and dates are written. Confirmed once, then remembered. */
export interface Mapping {
  /** Field → the header of its column. */
  readonly columns: Readonly<Record<string, string>>;
  /** The decimal mark: `1.234,56` or `1,234.56`. */
  readonly numbers: 'comma' | 'point';
  /** What 03-04-2026 means: 3 April, or March 4. */
  readonly dates: 'dmy' | 'mdy';
}
