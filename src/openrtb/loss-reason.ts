/** Why a bid lost [OpenRTB 2.6, AdCOM 1.0 List: Loss Reason Codes], those that this service can tell. */
export const LOSS_REASONS = {
  internalError: 1,
  opportunityExpired: 2,
  invalidBidResponse: 3,
  invalidAdvertiserDomain: 6,
  missingMarkup: 7,
  creativeFiltered: 200,
  creativeSize: 203,
  creativeFormat: 204,
  advertiserExcluded: 205,
  creativeNotSecure: 207,
  languageExcluded: 208,
  categoryExcluded: 209,
  attributeExcluded: 210,
  adTypeExcluded: 211,
} as const;

export type LossReason = (typeof LOSS_REASONS)[keyof typeof LOSS_REASONS];

/** Why there is no bid at all [OpenRTB 2.6, 5.24 List: No-Bid Reason Codes], those that this service can tell. */
export const NO_BID_REASONS = { technicalError: 1, insufficientTime: 15 } as const;
