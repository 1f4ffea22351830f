import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { Answer } from "../api/problem";

/** Loaded when somebody uses one: most pages never do. */
const webAuthn = () => import("@simplewebauthn/browser");

const notDone = <T>(): Answer<T> => {
  const detail = "The passkey was not used: it was cancelled, took too long, or this device has none. Try again.";
  return { ok: false, problem: { code: "cancelled", detail, fields: {}, requestId: null } };
};

/** Has the browser make a passkey. @param options from our API, as JSON @returns what our API wants to see */
export async function makePasskey(options: object): Promise<Answer<object>> {
  const { startRegistration } = await webAuthn();
  // the options are the server's, in the shape that the library of the same name makes there
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  const made = await startRegistration({ optionsJSON }).catch(() => null);
  if (made === null) return notDone();
  const { clientDataJSON, attestationObject, transports = [] } = made.response;
  const response = { clientDataJSON, attestationObject, transports };
  return { ok: true, value: { id: made.id, rawId: made.rawId, type: made.type, response } };
}

/** Has one of somebody's passkeys sign. */
export async function signWithPasskey(options: object): Promise<Answer<object>> {
  const { startAuthentication } = await webAuthn();
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  const signed = await startAuthentication({ optionsJSON }).catch(() => null);
  if (signed === null) return notDone();
  const { clientDataJSON, authenticatorData, signature, userHandle } = signed.response;
  const response = { clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) };
  return { ok: true, value: { id: signed.id, rawId: signed.rawId, type: signed.type, response } };
}
