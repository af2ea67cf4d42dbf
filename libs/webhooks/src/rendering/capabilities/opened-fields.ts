/** A model of OCTO's, or a part of one, that capabilities add fields to. */
export type ModelName =
  | 'booking'
  | 'availability'
  | 'product'
  | 'option'
  | 'unit'
  | 'unitRestrictions'
  | 'unitItem'
  | 'pricing'
  | 'packageGroup'
  | 'packageItem'
  | 'order'
  | 'supplier';

export interface Model {
  /** Which capability a field comes with. */
  opens: Record<string, readonly string[]>;
  /** Which model is in a field, as one object or as a list of them. */
  holds: Record<string, ModelName>;
}

const CONTENT = [
  'title',
  'subtitle',
  'shortDescription',
  'description',
  'features',
  'faqs',
  'media',
  'locations',
  'categoryLabels',
  'durationMinutesFrom',
  'durationMinutesTo',
  'commentary',
  'coverImageUrl',
];
const MEETING = [
  'meetingPoint',
  'meetingPointCoordinates',
  'meetingPointLatitude',
  'meetingPointLongitude',
  'meetingLocalDateTime',
  'notices',
];
const DURATION = ['duration', 'durationAmount', 'durationUnit'];
const OFFERS = ['offerCode', 'offerTitle', 'offers', 'offer'];
const PICKUP_POINTS = ['pickupAvailable', 'pickupRequired', 'pickupPoints'];
const PRICES = ['pricing', 'pricingFrom'];

/**
 * From the types of OCTO 1.0 (`@octocloud/types`: what `ProductContent`, `OptionPricing` and the like add), and, where
 * that has no types for a capability, from Ventrata's documentation and types of its capabilities.
 */
export const MODELS: Record<ModelName, Model> = {
  booking: {
    opens: {
      'octo/pricing': ['pricing'],
      'octo/content': ['title', 'shortDescription', 'termsAccepted', ...DURATION, ...MEETING],
      'octo/pickups': [
        'pickupRequested',
        'pickupId',
        'pickupPointId',
        'pickupPoint',
        'pickupHotel',
        'pickupHotelRoom',
        'pickupRoom',
        'pickupAddress',
        'pickupNotes',
        'dropoffRequested',
        'dropoffPointId',
        'dropoffPoint',
        'dropoffHotel',
        'dropoffHotelRoom',
        'dropoffAddress',
        'dropoffNotes',
      ],
      'octo/questions': ['questionAnswers'],
      'octo/offers': [...OFFERS, 'offerComparisons', 'offerIsCombination'],
      'octo/adjustments': ['adjustments'],
      'octo/cart': ['primary', 'orderId', 'orderReference'],
      'octo/packages': ['isPackage', 'packageIncludeId', 'packageInclude', 'packageBookings'],
      'octo/mappings': ['mappings'],
    },
    holds: {
      product: 'product',
      option: 'option',
      availability: 'availability',
      unitItems: 'unitItem',
      pricing: 'pricing',
      packageInclude: 'packageItem',
      packageBookings: 'booking',
    },
  },
  availability: {
    opens: {
      'octo/pricing': ['pricing', 'unitPricing', 'pricingFrom', 'unitPricingFrom'],
      'octo/content': ['title', 'shortDescription', 'tourGroup', ...MEETING],
      'octo/pickups': PICKUP_POINTS,
      'octo/offers': OFFERS,
      'octo/packages': ['packageAvailabilities'],
      'octo/mappings': ['mappings'],
    },
    holds: { pricing: 'pricing', unitPricing: 'pricing', pricingFrom: 'pricing', unitPricingFrom: 'pricing' },
  },
  product: {
    opens: {
      'octo/pricing': ['defaultCurrency', 'availableCurrencies', 'pricingPer', 'includeTax', ...PRICES],
      'octo/content': [
        ...CONTENT,
        'country',
        'location',
        'destination',
        'alert',
        'tagline',
        'keywords',
        'categories',
        'inclusions',
        'exclusions',
        'highlights',
        'pointToPoint',
        'bookingTerms',
        'privacyTerms',
        'redemptionInstructions',
        'cancellationPolicy',
        'bannerImageUrl',
        'videoUrl',
        'galleryImages',
        'bannerImages',
        'googlePlaceId',
        'latitude',
        'longitude',
        'address',
        'brand',
      ],
      'octo/pickups': PICKUP_POINTS,
      'octo/questions': ['questions'],
      'octo/packages': ['isPackage', 'packageBookingAvailabilityRequired'],
      'octo/mappings': ['mappings'],
    },
    holds: { options: 'option', pricing: 'pricing', pricingFrom: 'pricing' },
  },
  option: {
    opens: {
      'octo/pricing': PRICES,
      'octo/content': [...CONTENT, ...DURATION, 'language', 'itinerary', 'fromPoint', 'toPoint'],
      'octo/pickups': PICKUP_POINTS,
      'octo/questions': ['questions'],
      'octo/packages': ['packageIncludes'],
    },
    holds: { units: 'unit', pricing: 'pricing', pricingFrom: 'pricing', packageIncludes: 'packageGroup' },
  },
  unit: {
    opens: {
      'octo/pricing': PRICES,
      'octo/content': ['title', 'titlePlural', 'subtitle', 'shortDescription', 'features'],
      'octo/questions': ['questions'],
    },
    holds: { restrictions: 'unitRestrictions', pricing: 'pricing', pricingFrom: 'pricing' },
  },
  unitRestrictions: {
    opens: {
      'octo/content': ['minHeight', 'maxHeight', 'heightUnit', 'minWeight', 'maxWeight', 'weightUnit'],
    },
    holds: {},
  },
  unitItem: {
    opens: { 'octo/pricing': ['pricing'], 'octo/questions': ['questionAnswers'] },
    holds: { unit: 'unit', pricing: 'pricing' },
  },
  pricing: { opens: { 'octo/offers': ['offerDiscount'] }, holds: {} },
  packageGroup: { opens: { 'octo/content': ['title'] }, holds: { includes: 'packageItem' } },
  packageItem: { opens: {}, holds: { product: 'product', option: 'option' } },
  order: {
    opens: {
      'octo/pricing': ['pricing'],
      'octo/questions': ['questionAnswers'],
      'octo/offers': [...OFFERS, 'offerCombinations'],
      'octo/adjustments': ['adjustments'],
      'octo/mappings': ['mappings'],
    },
    holds: { bookings: 'booking', pricing: 'pricing' },
  },
  supplier: {
    opens: { 'octo/content': ['shortDescription', 'media', 'country', 'destinations'] },
    holds: {},
  },
};
