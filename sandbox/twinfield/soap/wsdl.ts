/** One service as an ordinary SOAP toolkit sees it: its operations, and the schema of their elements. */
interface Service {
  readonly name: string;
  readonly operations: readonly string[];
  readonly schema: string;
}

const STRING = 'type="s:string"';
const optional = (name: string, type: string): string =>
  `<s:element minOccurs="0" maxOccurs="1" name="${name}" ${type}/>`;
const required = (name: string, type: string): string =>
  `<s:element minOccurs="1" maxOccurs="1" name="${name}" type="${type}"/>`;
const message = (name: string, content: string): string =>
  `<s:element name="${name}"><s:complexType><s:sequence>${content}</s:sequence></s:complexType></s:element>`;
const type = (name: string, content: string): string =>
  `<s:complexType name="${name}"><s:sequence>${content}</s:sequence></s:complexType>`;
const many = (name: string, of: string): string =>
  `<s:element minOccurs="0" maxOccurs="unbounded" name="${name}" nillable="true" type="${of}"/>`;
const choice = (name: string, values: readonly string[]): string =>
  `<s:simpleType name="${name}"><s:restriction base="s:string">${values
    .map((value) => `<s:enumeration value="${value}"/>`)
    .join('')}</s:restriction></s:simpleType>`;

/** The schema's word for an element of any name. */
const WILDCARD = 'any';

const ANY =
  '<s:element minOccurs="0" maxOccurs="1" name="NAME"><s:complexType mixed="true"><s:sequence><s:' +
  WILDCARD +
  '/></s:sequence></s:complexType></s:element>';

export const FINDER_ERRORS = [
  'NoAccessToOffice',
  'OptionNotAllowed',
  'InvalidBooleanOptionValue',
  'InvalidIntegerOptionValue',
  'InvalidDecimalOptionValue',
  'InvalidEnumerationOptionValue',
  'OptionValueOutOfRange',
  'ParameterOutOfRange',
  'InvalidFinderType',
  'ParameterTooSmall',
  'OptionLevelMandatoryForSectionTeq',
  'OptionIcIncompatibleWithOptionHidden',
  'InvalidDateTimeOptionLength',
  'InvalidDateTimeOptionValue',
  'InvalidDateTimeOptionOutOfRange',
  'OptionMandatory',
  'AccessDenied',
  'DisableAccessRulesNotAllowed',
  'Option1MandatoryIfOption2IsUsed',
  'OptionAvailableForAbnAmroSignUpOnlyIsIncompatibleWithOfficeWildCard',
  'OptionCompanyAndOptionOfficeCannotBeBothProvided',
] as const;

const SERVICES = {
  '/webservices/processxml.asmx': {
    name: 'ProcessXml',
    operations: ['ProcessXmlString', 'ProcessXmlDocument'],
    schema:
      message('ProcessXmlString', optional('xmlRequest', STRING)) +
      message('ProcessXmlStringResponse', optional('ProcessXmlStringResult', STRING)) +
      message('ProcessXmlDocument', ANY.replace('NAME', 'xmlRequest')) +
      message('ProcessXmlDocumentResponse', ANY.replace('NAME', 'ProcessXmlDocumentResult')),
  },
  '/webservices/finder.asmx': {
    name: 'Finder',
    operations: ['Search'],
    schema:
      message(
        'Search',
        optional('type', STRING) +
          optional('pattern', STRING) +
          required('field', 's:int') +
          required('firstRow', 's:int') +
          required('maxRows', 's:int') +
          optional('options', 'type="tns:ArrayOfArrayOfString"'),
      ) +
      message(
        'SearchResponse',
        optional('SearchResult', 'type="tns:ArrayOfMessageOfErrorCodes"') + optional('data', 'type="tns:FinderData"'),
      ) +
      type('ArrayOfArrayOfString', many('ArrayOfString', 'tns:ArrayOfString')) +
      type('ArrayOfString', many('string', 's:string')) +
      type('ArrayOfMessageOfErrorCodes', many('MessageOfErrorCodes', 'tns:MessageOfErrorCodes')) +
      type(
        'MessageOfErrorCodes',
        required('Type', 'tns:MessageType') +
          optional('Text', STRING) +
          required('Code', 'tns:ErrorCodes') +
          optional('Parameters', 'type="tns:ArrayOfString"'),
      ) +
      type(
        'FinderData',
        required('TotalRows', 's:int') +
          optional('Columns', 'type="tns:ArrayOfString"') +
          optional('Items', 'type="tns:ArrayOfArrayOfString"'),
      ) +
      choice('MessageType', ['Error', 'Warning', 'Informational']) +
      choice('ErrorCodes', FINDER_ERRORS),
  },
} as const satisfies Record<string, Service>;

const HEADER =
  '<s:element name="Header" type="tns:Header"/><s:complexType name="Header"><s:sequence>' +
  optional('SessionID', STRING) +
  optional('AccessToken', STRING) +
  optional('CompanyCode', STRING) +
  '<s:element minOccurs="1" maxOccurs="1" name="CompanyId" nillable="true" type="s1:guid"/>' +
  '</s:sequence><s:anyAttribute/></s:complexType>';

const GUID =
  '<s:schema elementFormDefault="qualified" targetNamespace="http://microsoft.com/wsdl/types/"><s:simpleType name="guid">' +
  '<s:restriction base="s:string"><s:pattern value="[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"/>' +
  '</s:restriction></s:simpleType></s:schema>';

/** The description of the service at that path, its address being where it was asked; `null` for any other path. */
export function wsdlOf(path: string, origin: string): string | null {
  const service = Object.entries(SERVICES).find(([known]) => known === path.toLowerCase());
  if (service === undefined) return null;
  const [known, { name, operations, schema }] = service;
  const bindings = (['soap', 'soap12'] as const).map((prefix) => binding(prefix, name, operations));
  const ports = (['soap', 'soap12'] as const).map(
    (prefix) =>
      `<wsdl:port name="${portName(prefix, name)}" binding="tns:${portName(prefix, name)}">` +
      `<${prefix}:address location="${origin}${known}"/></wsdl:port>`,
  );
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"' +
    ' xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:s="http://www.w3.org/2001/XMLSchema"' +
    ' xmlns:s1="http://microsoft.com/wsdl/types/" xmlns:tns="http://www.twinfield.com/"' +
    ' targetNamespace="http://www.twinfield.com/"><wsdl:types>' +
    '<s:schema elementFormDefault="qualified" targetNamespace="http://www.twinfield.com/">' +
    `<s:import namespace="http://microsoft.com/wsdl/types/"/>${schema}${HEADER}</s:schema>${GUID}</wsdl:types>` +
    operations.map(messages).join('') +
    `<wsdl:portType name="${name}Soap">${operations.map(portOperation).join('')}</wsdl:portType>` +
    `${bindings.join('')}<wsdl:service name="${name}">${ports.join('')}</wsdl:service></wsdl:definitions>`
  );
}

function messages(operation: string): string {
  const one = (name: string, part: string, of: string): string =>
    `<wsdl:message name="${name}"><wsdl:part name="${part}" element="tns:${of}"/></wsdl:message>`;
  return (
    one(`${operation}SoapIn`, 'parameters', operation) +
    one(`${operation}SoapOut`, 'parameters', `${operation}Response`) +
    one(`${operation}Header`, 'Header', 'Header')
  );
}

function portOperation(operation: string): string {
  return (
    `<wsdl:operation name="${operation}"><wsdl:input message="tns:${operation}SoapIn"/>` +
    `<wsdl:output message="tns:${operation}SoapOut"/></wsdl:operation>`
  );
}

function portName(prefix: 'soap' | 'soap12', service: string): string {
  return `${service}${prefix === 'soap' ? 'Soap' : 'Soap12'}`;
}

function binding(prefix: 'soap' | 'soap12', service: string, operations: readonly string[]): string {
  const inner = operations.map(
    (operation) =>
      `<wsdl:operation name="${operation}">` +
      `<${prefix}:operation soapAction="http://www.twinfield.com/${operation}" style="document"/>` +
      `<wsdl:input><${prefix}:body use="literal"/>` +
      `<${prefix}:header message="tns:${operation}Header" part="Header" use="literal"/></wsdl:input>` +
      `<wsdl:output><${prefix}:body use="literal"/></wsdl:output></wsdl:operation>`,
  );
  return (
    `<wsdl:binding name="${portName(prefix, service)}" type="tns:${service}Soap">` +
    `<${prefix}:binding transport="http://schemas.xmlsoap.org/soap/http"/>${inner.join('')}</wsdl:binding>`
  );
}
