/** Loss reason codes [OpenRTB 2.6, list: Loss Reason Codes] that an ad can earn by what it is. Nobody writes a number elsewhere. */
export const LOSS_REASONS = {
  invalidBidResponse: 3,
  invalidAdvertiserDomain: 6,
  missingMarkup: 7,
  creativeFiltered: 200,
  disapproved: 202,
  sizeNotAllowed: 203,
  incorrectFormat: 204,
  advertiserExclusion: 205,
  notSecure: 207,
  categoryExclusion: 209,
  attributeExclusion: 210,
  adTypeExclusion: 211,
} as const;

export type LossReason = (typeof LOSS_REASONS)[keyof typeof LOSS_REASONS];
