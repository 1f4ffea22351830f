/**
 * Radix locks the page's scrolling with a style element. Under our CSP that needs the page's nonce, which its library
 * reads from this global; the browser keeps the nonce on the script elements that carried it.
 */
export function lendNonce(): void {
  if (typeof document === "undefined" || Reflect.has(globalThis, "__webpack_nonce__")) return;
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  if (nonce) Reflect.set(globalThis, "__webpack_nonce__", nonce);
}
