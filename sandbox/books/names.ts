import type { Region } from './places.js';

/** Building blocks of debtor names. Invented combinations; any likeness to an existing business is chance. */
export const SURNAMES = {
  netherlands: [
    'de Vries', 'Jansen', 'van den Berg', 'Bakker', 'van Dijk', 'Visser', 'Smit', 'Meijer', 'de Boer', 'Mulder', 'de Groot',
    'Bos', 'Vos', 'Peters', 'Hendriks', 'van Leeuwen', 'Dekker', 'Brouwer', 'de Wit', 'Dijkstra', 'Smits', 'de Graaf',
    'van der Meer', 'Kok', 'Jacobs', 'van der Linden', 'Vermeulen', 'van den Heuvel', 'van der Veen', 'van den Broek',
    'Schouten', 'van Beek', 'Willems', 'van Vliet', 'Hoekstra', 'Maas', 'Verhoeven', 'Koster', 'Prins', 'Blom', 'Huisman',
    'Peeters', 'Kuipers', 'van Veen', 'Postma', 'Kramer', 'Molenaar', 'Scholten', 'Timmermans', 'Zwart', 'Hofman', 'Ruiter',
  ],
  flanders: [
    'Peeters', 'Janssens', 'Maes', 'Jacobs', 'Mertens', 'Willems', 'Claes', 'Goossens', 'Wouters', 'De Smet', 'Vermeulen',
    'Pauwels', 'Hermans', 'Aerts', 'Michiels', 'Martens', 'De Clercq', 'Desmet', 'Van Damme', 'Claeys', 'Vandenberghe',
    'Verhaegen', 'Segers', 'De Backer', 'Bogaert', 'Coppens', 'Verstraete', 'Cools', 'Smets', 'Lambrecht', 'Van Acker', 'Baert',
  ],
  wallonia: [
    'Dubois', 'Lambert', 'Dupont', 'Martin', 'Simon', 'Laurent', 'Leclercq', 'Lejeune', 'Renard', 'Denis', 'Gérard', 'Collard',
    'Fontaine', 'Noël', 'Charlier', 'Lemaire', 'Thiry', 'Mathieu', 'Wauters', 'Bertrand', 'Delvaux', 'Hubert', 'Piron', 'Evrard',
  ],
} as const satisfies Record<Region, readonly string[]>; // prettier-ignore

export const FIRST_NAMES = {
  netherlands: [
    'Anna', 'Bram', 'Daan', 'Eva', 'Femke', 'Gijs', 'Hanna', 'Ilse', 'Jeroen', 'Joost', 'Lars', 'Lieke', 'Lotte', 'Maarten',
    'Marieke', 'Niels', 'Noor', 'Pieter', 'Rik', 'Roos', 'Sander', 'Sanne', 'Sven', 'Thijs', 'Tessa', 'Wouter',
  ],
  flanders: [
    'Annelies', 'Bart', 'Charlotte', 'Dries', 'Elke', 'Greet', 'Hilde', 'Jan', 'Jef', 'Karel', 'Katrien', 'Koen', 'Kristof',
    'Liesbeth', 'Marijke', 'Pieter-Jan', 'Ruben', 'Sofie', 'Stijn', 'Tine', 'Veerle', 'Wim',
  ],
  wallonia: [
    'Amélie', 'Benoît', 'Céline', 'Christophe', 'Delphine', 'Émilie', 'François', 'Geneviève', 'Hélène', 'Isabelle', 'Julien',
    'Laurence', 'Luc', 'Marc', 'Nathalie', 'Olivier', 'Pascal', 'Sophie', 'Thierry', 'Valérie', 'Xavier',
  ],
} as const satisfies Record<Region, readonly string[]>; // prettier-ignore

const TRADES_DUTCH = [
  'Installatietechniek', 'Bouw', 'Schilderwerken', 'Transport', 'Logistiek', 'Bloemen', 'Groothandel', 'Drukwerk', 'Techniek',
  'Interieur', 'Elektro', 'Metaal', 'Catering', 'Tuinen', 'Automatisering', 'Fietsen', 'Textiel', 'Verpakkingen', 'Schoonmaak',
  'Dakwerken', 'Vastgoedbeheer', 'Horeca', 'Advies', 'Zuivel', 'Glas', 'Koeltechniek', 'Reclame', 'Houthandel',
] as const; // prettier-ignore

export const TRADES = {
  netherlands: TRADES_DUTCH,
  flanders: TRADES_DUTCH,
  wallonia: [
    'Construction', 'Transports', 'Électricité', 'Menuiserie', 'Toitures', 'Jardins', 'Imprimerie', 'Traiteur', 'Chauffage',
    'Conseil', 'Textiles', 'Nettoyage', 'Boissons', 'Matériaux', 'Logistique', 'Informatique', 'Peinture', 'Métal',
  ],
} as const satisfies Record<Region, readonly string[]>; // prettier-ignore

/** Legal forms with how often they occur, in tenths. */
export const LEGAL_FORMS = {
  netherlands: ['BV', 'BV', 'BV', 'BV', 'BV', 'BV', 'NV', 'VOF', 'VOF', 'VOF'],
  flanders: ['BV', 'BV', 'BV', 'BV', 'BV', 'BV', 'BV', 'NV', 'NV', 'VOF'],
  wallonia: ['SRL', 'SRL', 'SRL', 'SRL', 'SRL', 'SRL', 'SRL', 'SA', 'SA', 'SNC'],
} as const satisfies Record<Region, readonly string[]>;
