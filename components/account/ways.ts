/** By what somebody can confirm; `options` for the browser, where they have a passkey. */
export type Ways = { readonly password: boolean; readonly code: boolean; readonly options: object | null };
