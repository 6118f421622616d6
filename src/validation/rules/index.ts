import type { Rule } from '../rule.ts';
import { ATTRIBUTE_RULES } from './attributes.ts';
import { CHAIN_FAILURE_RULES } from './chain-failure.ts';
import { CHAIN_RULES } from './chain.ts';
import { CREATIVE_RULES } from './creative.ts';
import { CTV_RULES } from './ctv.ts';
import { CTV_SIGNAL_RULES } from './ctv-signals.ts';
import { DEPRECATED_RULES } from './deprecated.ts';
import { DOCUMENT_BYTES_RULES } from './document-bytes.ts';
import { DOCUMENT_UNKNOWN_RULES } from './document-unknown.ts';
import { DOCUMENT_MISTAKES_RULES } from './document-mistakes.ts';
import { DOCUMENT_RULES } from './document.ts';
import { INTERACTIVE_FILE_RULES } from './interactive-file.ts';
import { INTERACTIVE_RULES } from './interactive.ts';
import { MACRO_PLACE_RULES } from './macros-place.ts';
import { MACRO_RULES } from './macros.ts';
import { MEDIA_PICTURE_RULES } from './media-picture.ts';
import { MEDIA_RULES } from './media.ts';
import { MERGE_RULES } from './merging.ts';
import { OPENRTB_AD_RULES } from './openrtb-ad.ts';
import { OPENRTB_BID_RULES } from './openrtb-bid.ts';
import { OPENRTB_BRAND_RULES } from './openrtb-brand.ts';
import { OPENRTB_FORMAT_RULES } from './openrtb-format.ts';
import { OPENRTB_MEDIA_RULES } from './openrtb-media.ts';
import { OPENRTB_PROTOCOLS_RULES } from './openrtb-protocols.ts';
import { OPENRTB_SECURE_RULES } from './openrtb-secure.ts';
import { OPENRTB_SIZE_RULES } from './openrtb-size.ts';
import { OPENRTB_TIME_RULES } from './openrtb-time.ts';
import { QUALITY_AD_RULES } from './quality-ad.ts';
import { QUALITY_TV_RULES } from './quality-tv.ts';
import { QUALITY_RULES } from './quality.ts';
import { REQUIRED_ATTRIBUTE_RULES } from './required-attributes.ts';
import { REQUIRED_BY_WORDS_RULES } from './required-by-words.ts';
import { REQUIRED_ELEMENT_RULES } from './required-elements.ts';
import { STRUCTURE_RULES } from './structure.ts';
import { URL_KIND_RULES } from './url-kinds.ts';
import { URL_RULES } from './url.ts';
import { EVENT_RULES } from './values-events.ts';
import { ID_RULES } from './values-ids.ts';
import { MEDIA_VALUE_RULES } from './values-media.ts';
import { TIME_RULES } from './values-time.ts';
import { VALUE_RULES } from './values.ts';
import { VERIFICATION_RULES } from './verification.ts';

/** Every rule there is, topic by topic. */
export const RULES: readonly Rule[] = [
  ...DOCUMENT_RULES,
  ...DOCUMENT_BYTES_RULES,
  ...DOCUMENT_UNKNOWN_RULES,
  ...DOCUMENT_MISTAKES_RULES,
  ...STRUCTURE_RULES,
  ...ATTRIBUTE_RULES,
  ...REQUIRED_ELEMENT_RULES,
  ...REQUIRED_ATTRIBUTE_RULES,
  ...REQUIRED_BY_WORDS_RULES,
  ...MERGE_RULES,
  ...OPENRTB_AD_RULES,
  ...OPENRTB_PROTOCOLS_RULES,
  ...OPENRTB_BID_RULES,
  ...OPENRTB_BRAND_RULES,
  ...OPENRTB_FORMAT_RULES,
  ...CREATIVE_RULES,
  ...OPENRTB_MEDIA_RULES,
  ...OPENRTB_SIZE_RULES,
  ...OPENRTB_TIME_RULES,
  ...MEDIA_PICTURE_RULES,
  ...MEDIA_RULES,
  ...VALUE_RULES,
  ...TIME_RULES,
  ...EVENT_RULES,
  ...MEDIA_VALUE_RULES,
  ...ID_RULES,
  ...URL_RULES,
  ...URL_KIND_RULES,
  ...MACRO_RULES,
  ...MACRO_PLACE_RULES,
  ...DEPRECATED_RULES,
  ...QUALITY_RULES,
  ...QUALITY_AD_RULES,
  ...QUALITY_TV_RULES,
  ...VERIFICATION_RULES,
  ...INTERACTIVE_RULES,
  ...INTERACTIVE_FILE_RULES,
  ...CTV_RULES,
  ...CTV_SIGNAL_RULES,
  ...CHAIN_RULES,
  ...CHAIN_FAILURE_RULES,
  ...OPENRTB_SECURE_RULES,
];
