import type { Rule } from '../rule.ts';
import { CHAIN_FAILURE_RULES } from './chain/failure.ts';
import { CHAIN_LENGTH_RULES } from './chain/length.ts';
import { CHAIN_MERGING_RULES } from './chain/merging.ts';
import { CHAIN_REPEATED_RULES } from './chain/repeated.ts';
import { CHAIN_SELECTION_RULES } from './chain/selection.ts';
import { CHAIN_TRANSFER_RULES } from './chain/transfer.ts';
import { CREATIVE_RULES } from './creative.ts';
import { CTV_FORMATS_RULES } from './ctv/formats.ts';
import { CTV_QR_CODE_RULES } from './ctv/qr-code.ts';
import { CTV_SIGNAL_FORM_RULES } from './ctv/signal-form.ts';
import { CTV_SIGNALS_RULES } from './ctv/signals.ts';
import { DEPRECATED_ELEMENTS_RULES } from './deprecated/elements.ts';
import { DEPRECATED_EVENTS_RULES } from './deprecated/events.ts';
import { DOCUMENT_ADS_RULES } from './document/ads.ts';
import { DOCUMENT_ATTRIBUTES_RULES } from './document/attributes.ts';
import { DOCUMENT_BYTES_RULES } from './document/bytes.ts';
import { DOCUMENT_MISTAKES_RULES } from './document/mistakes.ts';
import { DOCUMENT_NOT_VAST_RULES } from './document/not-vast.ts';
import { DOCUMENT_READABLE_RULES } from './document/readable.ts';
import { DOCUMENT_STRUCTURE_RULES } from './document/structure.ts';
import { DOCUMENT_VERSION_RULES } from './document/version.ts';
import { DOCUMENT_XML_RULES } from './document/xml.ts';
import { INTERACTIVE_FILE_RULES } from './interactive/file.ts';
import { INTERACTIVE_MARKUP_RULES } from './interactive/markup.ts';
import { INTERACTIVE_VPAID_RULES } from './interactive/vpaid.ts';
import { MACROS_PLACE_RULES } from './macros/place.ts';
import { MACROS_SPELLING_RULES } from './macros/spelling.ts';
import { MEDIA_FILE_RULES } from './media/file.ts';
import { MEDIA_MANIFEST_RULES } from './media/manifest.ts';
import { MEDIA_PICTURE_RULES } from './media/picture.ts';
import { OPENRTB_AD_TYPE_RULES } from './openrtb/ad-type.ts';
import { OPENRTB_API_RULES } from './openrtb/api.ts';
import { OPENRTB_BID_RULES } from './openrtb/bid.ts';
import { OPENRTB_BLOCKED_RULES } from './openrtb/blocked.ts';
import { OPENRTB_COMPANIONS_RULES } from './openrtb/companions.ts';
import { OPENRTB_DURATION_RULES } from './openrtb/duration.ts';
import { OPENRTB_FILES_RULES } from './openrtb/files.ts';
import { OPENRTB_PROTOCOLS_RULES } from './openrtb/protocols.ts';
import { OPENRTB_SECURE_RULES } from './openrtb/secure.ts';
import { OPENRTB_SIZE_RULES } from './openrtb/size.ts';
import { OPENRTB_SKIP_RULES } from './openrtb/skip.ts';
import { OPENRTB_TV_FORMAT_RULES } from './openrtb/tv-format.ts';
import { QUALITY_AD_RULES } from './quality/ad.ts';
import { QUALITY_RENDITIONS_RULES } from './quality/renditions.ts';
import { QUALITY_TRACKING_RULES } from './quality/tracking.ts';
import { QUALITY_TV_RULES } from './quality/tv.ts';
import { REQUIRED_ATTRIBUTES_RULES } from './required/attributes.ts';
import { REQUIRED_ELEMENTS_RULES } from './required/elements.ts';
import { REQUIRED_PROSE_RULES } from './required/prose.ts';
import { URL_ADDRESS_RULES } from './url/address.ts';
import { URL_BY_KIND_RULES } from './url/by-kind.ts';
import { URL_SPELLING_RULES } from './url/spelling.ts';
import { URL_UNRESOLVED_RULES } from './url/unresolved.ts';
import { VALUES_EVENTS_RULES } from './values/events.ts';
import { VALUES_FILES_RULES } from './values/files.ts';
import { VALUES_FORMS_RULES } from './values/forms.ts';
import { VALUES_IDS_RULES } from './values/ids.ts';
import { VALUES_TIME_RULES } from './values/time.ts';
import { VERIFICATION_RULES } from './verification.ts';

/** Every rule there is. Where findings stand at the same place, they are told in this order. */
export const RULES: readonly Rule[] = [
  ...DOCUMENT_READABLE_RULES,
  ...DOCUMENT_VERSION_RULES,
  ...DOCUMENT_ADS_RULES,
  ...DOCUMENT_XML_RULES,
  ...DOCUMENT_BYTES_RULES,
  ...DOCUMENT_NOT_VAST_RULES,
  ...DOCUMENT_MISTAKES_RULES,
  ...DOCUMENT_STRUCTURE_RULES,
  ...DOCUMENT_ATTRIBUTES_RULES,
  ...REQUIRED_ELEMENTS_RULES,
  ...REQUIRED_ATTRIBUTES_RULES,
  ...REQUIRED_PROSE_RULES,
  ...CHAIN_MERGING_RULES,
  ...OPENRTB_AD_TYPE_RULES,
  ...OPENRTB_PROTOCOLS_RULES,
  ...OPENRTB_BID_RULES,
  ...OPENRTB_BLOCKED_RULES,
  ...OPENRTB_TV_FORMAT_RULES,
  ...CREATIVE_RULES,
  ...OPENRTB_FILES_RULES,
  ...OPENRTB_API_RULES,
  ...INTERACTIVE_VPAID_RULES,
  ...OPENRTB_SIZE_RULES,
  ...OPENRTB_COMPANIONS_RULES,
  ...OPENRTB_DURATION_RULES,
  ...OPENRTB_SKIP_RULES,
  ...MEDIA_PICTURE_RULES,
  ...MEDIA_MANIFEST_RULES,
  ...MEDIA_FILE_RULES,
  ...VALUES_FORMS_RULES,
  ...VALUES_TIME_RULES,
  ...DEPRECATED_EVENTS_RULES,
  ...VALUES_EVENTS_RULES,
  ...VALUES_FILES_RULES,
  ...VALUES_IDS_RULES,
  ...URL_ADDRESS_RULES,
  ...URL_SPELLING_RULES,
  ...URL_UNRESOLVED_RULES,
  ...URL_BY_KIND_RULES,
  ...MACROS_SPELLING_RULES,
  ...MACROS_PLACE_RULES,
  ...DEPRECATED_ELEMENTS_RULES,
  ...QUALITY_TRACKING_RULES,
  ...QUALITY_RENDITIONS_RULES,
  ...QUALITY_AD_RULES,
  ...QUALITY_TV_RULES,
  ...VERIFICATION_RULES,
  ...INTERACTIVE_MARKUP_RULES,
  ...INTERACTIVE_FILE_RULES,
  ...CTV_SIGNAL_FORM_RULES,
  ...CTV_FORMATS_RULES,
  ...CTV_QR_CODE_RULES,
  ...CTV_SIGNALS_RULES,
  ...CHAIN_SELECTION_RULES,
  ...CHAIN_LENGTH_RULES,
  ...CHAIN_REPEATED_RULES,
  ...CHAIN_TRANSFER_RULES,
  ...CHAIN_FAILURE_RULES,
  ...OPENRTB_SECURE_RULES,
];
