/** Strangers' text without what a terminal would act upon: control characters, and marks that turn its direction. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
