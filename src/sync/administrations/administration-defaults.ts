/** How a firm presents itself in an administration's messages. */
export interface HouseStyle {
  readonly senderName: string;
  readonly senderEmail: string | null;
  readonly replyTo: string | null;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly accentColor: string;
  readonly signature: string;
  readonly addressLines: readonly string[];
  readonly phone: string | null;
}

/** PURE. What a new administration starts with: readable messages before anybody touched a setting. */
export function houseStyleFor(name: string): HouseStyle {
  return {
    senderName: name,
    senderEmail: null,
    replyTo: null,
    iban: null,
    bic: null,
    accentColor: '#0f766e',
    signature: name,
    addressLines: [],
    phone: null,
  };
}

interface Place {
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
}

const PLACES: Readonly<Record<string, Place>> = {
  NL: { country: 'NL', language: 'nl', timeZone: 'Europe/Amsterdam' },
  BE: { country: 'BE', language: 'nl', timeZone: 'Europe/Brussels' },
  FR: { country: 'FR', language: 'fr', timeZone: 'Europe/Paris' },
  LU: { country: 'LU', language: 'fr', timeZone: 'Europe/Luxembourg' },
  DE: { country: 'DE', language: 'en', timeZone: 'Europe/Berlin' },
  GB: { country: 'GB', language: 'en', timeZone: 'Europe/London' },
};

/** PURE. Language and zone of an administration by its country; Dutch and Amsterdam when the source does not say. */
export function placeFor(country: string | null): Place {
  const code = country?.trim().toUpperCase() ?? '';
  return (
    PLACES[code] ?? { country: /^[A-Z]{2}$/.test(code) ? code : 'NL', language: 'nl', timeZone: 'Europe/Amsterdam' }
  );
}
