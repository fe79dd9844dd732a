/** Where debtors live. `postcode` is the range of the town's own postcodes, `areaCode` its telephone area. */
export interface Place {
  readonly city: string;
  readonly postcode: readonly [low: number, high: number];
  readonly areaCode: string;
}

export type Region = 'netherlands' | 'flanders' | 'wallonia';

export const PLACES = {
  netherlands: [
    { city: 'Amsterdam', postcode: [1011, 1098], areaCode: '20' },
    { city: 'Rotterdam', postcode: [3011, 3089], areaCode: '10' },
    { city: 'Den Haag', postcode: [2511, 2597], areaCode: '70' },
    { city: 'Utrecht', postcode: [3511, 3585], areaCode: '30' },
    { city: 'Eindhoven', postcode: [5611, 5658], areaCode: '40' },
    { city: 'Groningen', postcode: [9711, 9747], areaCode: '50' },
    { city: 'Tilburg', postcode: [5011, 5049], areaCode: '13' },
    { city: 'Almere', postcode: [1311, 1363], areaCode: '36' },
    { city: 'Breda', postcode: [4811, 4839], areaCode: '76' },
    { city: 'Nijmegen', postcode: [6511, 6546], areaCode: '24' },
    { city: 'Apeldoorn', postcode: [7311, 7339], areaCode: '55' },
    { city: 'Haarlem', postcode: [2011, 2037], areaCode: '23' },
    { city: 'Arnhem', postcode: [6811, 6846], areaCode: '26' },
    { city: 'Enschede', postcode: [7511, 7548], areaCode: '53' },
    { city: 'Amersfoort', postcode: [3811, 3829], areaCode: '33' },
    { city: 'Zwolle', postcode: [8011, 8045], areaCode: '38' },
    { city: 'Leiden', postcode: [2311, 2334], areaCode: '71' },
    { city: 'Maastricht', postcode: [6211, 6229], areaCode: '43' },
    { city: 'Leeuwarden', postcode: [8911, 8941], areaCode: '58' },
    { city: 'Dordrecht', postcode: [3311, 3329], areaCode: '78' },
    { city: 'Ede', postcode: [6711, 6718], areaCode: '318' },
    { city: 'Alkmaar', postcode: [1811, 1827], areaCode: '72' },
    { city: 'Deventer', postcode: [7411, 7429], areaCode: '570' },
    { city: 'Middelburg', postcode: [4331, 4339], areaCode: '118' },
  ],
  flanders: [
    { city: 'Antwerpen', postcode: [2000, 2000], areaCode: '3' },
    { city: 'Gent', postcode: [9000, 9000], areaCode: '9' },
    { city: 'Brugge', postcode: [8000, 8000], areaCode: '50' },
    { city: 'Leuven', postcode: [3000, 3000], areaCode: '16' },
    { city: 'Mechelen', postcode: [2800, 2800], areaCode: '15' },
    { city: 'Aalst', postcode: [9300, 9300], areaCode: '53' },
    { city: 'Kortrijk', postcode: [8500, 8500], areaCode: '56' },
    { city: 'Hasselt', postcode: [3500, 3500], areaCode: '11' },
    { city: 'Genk', postcode: [3600, 3600], areaCode: '89' },
    { city: 'Oostende', postcode: [8400, 8400], areaCode: '59' },
    { city: 'Roeselare', postcode: [8800, 8800], areaCode: '51' },
    { city: 'Sint-Niklaas', postcode: [9100, 9100], areaCode: '3' },
    { city: 'Turnhout', postcode: [2300, 2300], areaCode: '14' },
    { city: 'Lokeren', postcode: [9160, 9160], areaCode: '9' },
  ],
  wallonia: [
    { city: 'Liège', postcode: [4000, 4000], areaCode: '4' },
    { city: 'Namur', postcode: [5000, 5000], areaCode: '81' },
    { city: 'Charleroi', postcode: [6000, 6000], areaCode: '71' },
    { city: 'Mons', postcode: [7000, 7000], areaCode: '65' },
    { city: 'Tournai', postcode: [7500, 7500], areaCode: '69' },
    { city: 'La Louvière', postcode: [7100, 7100], areaCode: '64' },
    { city: 'Verviers', postcode: [4800, 4800], areaCode: '87' },
    { city: 'Wavre', postcode: [1300, 1300], areaCode: '10' },
    { city: 'Nivelles', postcode: [1400, 1400], areaCode: '67' },
    { city: 'Huy', postcode: [4500, 4500], areaCode: '85' },
    { city: 'Arlon', postcode: [6700, 6700], areaCode: '63' },
    { city: 'Dinant', postcode: [5500, 5500], areaCode: '82' },
  ],
} as const satisfies Record<Region, readonly Place[]>;

export const STREETS = {
  netherlands: [
    'Dorpsstraat', 'Kerkstraat', 'Stationsweg', 'Molenweg', 'Industrieweg', 'Havenkade', 'Nijverheidsweg', 'Schoolstraat',
    'Julianalaan', 'Wilhelminastraat', 'Parallelweg', 'Energieweg', 'Ambachtsweg', 'Beatrixlaan', 'Lindenlaan', 'Marktplein',
    'Handelsweg', 'Spoorlaan', 'Kanaalstraat', 'Oranjestraat', 'Eikenlaan', 'Sluisweg', 'Kloosterstraat', 'Zuiderkade',
  ],
  flanders: [
    'Kerkstraat', 'Stationsstraat', 'Molenstraat', 'Nieuwstraat', 'Grote Markt', 'Industrielaan', 'Kapellestraat', 'Veldstraat',
    'Leopoldlaan', 'Schoolstraat', 'Steenweg op Brussel', 'Havenlaan', 'Ambachtenlaan', 'Bergstraat', 'Beukenlaan', 'Vrijheidslaan',
  ],
  wallonia: [
    'Rue de la Gare', "Rue de l'Église", 'Grand-Place', 'Avenue des Tilleuls', 'Rue du Moulin', 'Chaussée de Bruxelles',
    'Rue Neuve', 'Boulevard du Centenaire', 'Rue des Artisans', 'Avenue Léopold', 'Rue de la Station', 'Quai du Commerce',
    'Rue Saint-Martin', "Rue de l'Industrie", 'Avenue de la Liberté', 'Rue du Marché',
  ],
} as const satisfies Record<Region, readonly string[]>; // prettier-ignore
