import * as adminApplicationsOneProbes from "../v1/admin/applications/[id]/probes/route";
import * as adminTokensOneClaim from "../v1/admin/tokens/[id]/claim/route";
import * as adminTokensBulk from "../v1/admin/tokens/bulk/route";
import * as adminTokensExport from "../v1/admin/tokens/export/route";
import * as adminTokensFind from "../v1/admin/tokens/find/route";
import * as adminTokens from "../v1/admin/tokens/route";
import * as applicationsOne from "../v1/applications/[id]/route";
import * as applications from "../v1/applications/route";
import * as auditEventsOne from "../v1/audit-events/[seq]/route";
import * as auditEventsExport from "../v1/audit-events/export/route";
import * as auditEvents from "../v1/audit-events/route";
import * as claims from "../v1/claims/route";
import * as delegationsOne from "../v1/delegations/[id]/route";
import * as delegations from "../v1/delegations/route";
import * as explain from "../v1/explain/route";
import * as gatewaysOneRotateSecret from "../v1/gateways/[id]/rotate-secret/route";
import * as gatewaysOne from "../v1/gateways/[id]/route";
import * as gateways from "../v1/gateways/route";
import * as groupsOneMembers from "../v1/groups/[id]/members/route";
import * as groupsOne from "../v1/groups/[id]/route";
import * as groups from "../v1/groups/route";
import * as keys from "../v1/keys/route";
import * as leaks from "../v1/leaks/route";
import * as lockoutsPreview from "../v1/lockouts/preview/route";
import * as meFactorsOneConfirm from "../v1/me/factors/[id]/confirm/route";
import * as meFactorsOne from "../v1/me/factors/[id]/route";
import * as meFactorsPasskeysOptions from "../v1/me/factors/passkeys/options/route";
import * as meFactorsPasskeys from "../v1/me/factors/passkeys/route";
import * as meFactors from "../v1/me/factors/route";
import * as meFactorsTotp from "../v1/me/factors/totp/route";
import * as mePassword from "../v1/me/password/route";
import * as meRecoveryCodes from "../v1/me/recovery-codes/route";
import * as me from "../v1/me/route";
import * as meSessionsOne from "../v1/me/sessions/[id]/route";
import * as meSessions from "../v1/me/sessions/route";
import * as meStepUpOptions from "../v1/me/step-up/options/route";
import * as meStepUp from "../v1/me/step-up/route";
import * as networksOne from "../v1/networks/[id]/route";
import * as networks from "../v1/networks/route";
import * as operationsOne from "../v1/operations/[id]/route";
import * as policiesOneMove from "../v1/policies/[id]/move/route";
import * as policiesOne from "../v1/policies/[id]/route";
import * as policiesPreview from "../v1/policies/preview/route";
import * as policies from "../v1/policies/route";
import * as policiesSimulate from "../v1/policies/simulate/route";
import * as quarantineEnd from "../v1/quarantine/end/route";
import * as quarantine from "../v1/quarantine/route";
import * as settings from "../v1/settings/route";
import * as setup from "../v1/setup/route";
import * as signInPasskey from "../v1/sign-in/passkey/route";
import * as tokensOneResume from "../v1/tokens/[id]/resume/route";
import * as tokensOneRevoke from "../v1/tokens/[id]/revoke/route";
import * as tokensOneRotate from "../v1/tokens/[id]/rotate/route";
import * as tokensOne from "../v1/tokens/[id]/route";
import * as tokensOneSuspend from "../v1/tokens/[id]/suspend/route";
import * as tokensOneUsage from "../v1/tokens/[id]/usage/route";
import * as tokensOneWaiver from "../v1/tokens/[id]/waiver/route";
import * as tokens from "../v1/tokens/route";
import * as tokensSelfRotate from "../v1/tokens/self/rotate/route";
import * as tokensSelf from "../v1/tokens/self/route";
import * as usersOneDeactivate from "../v1/users/[id]/deactivate/route";
import * as usersOneReactivate from "../v1/users/[id]/reactivate/route";
import * as usersOneResetFactors from "../v1/users/[id]/reset-factors/route";
import * as usersOne from "../v1/users/[id]/route";
import * as usersOneSessionsOne from "../v1/users/[id]/sessions/[session]/route";
import * as usersOneSessions from "../v1/users/[id]/sessions/route";
import * as users from "../v1/users/route";
import * as views from "../v1/views/route";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];
type Handlers = Readonly<Partial<Record<Method, unknown>>>;

/** Every route of the API by its address, with the handlers that answer it; the description itself stands aside. */
export const ROUTES: Readonly<Record<string, Handlers>> = {
  "admin/applications/[id]/probes": adminApplicationsOneProbes,
  "admin/tokens": adminTokens,
  "admin/tokens/[id]/claim": adminTokensOneClaim,
  "admin/tokens/bulk": adminTokensBulk,
  "admin/tokens/export": adminTokensExport,
  "admin/tokens/find": adminTokensFind,
  applications,
  "applications/[id]": applicationsOne,
  "audit-events": auditEvents,
  "audit-events/[seq]": auditEventsOne,
  "audit-events/export": auditEventsExport,
  claims,
  delegations,
  "delegations/[id]": delegationsOne,
  explain,
  gateways,
  "gateways/[id]": gatewaysOne,
  "gateways/[id]/rotate-secret": gatewaysOneRotateSecret,
  groups,
  "groups/[id]": groupsOne,
  "groups/[id]/members": groupsOneMembers,
  leaks,
  keys,
  "lockouts/preview": lockoutsPreview,
  me,
  "me/factors": meFactors,
  "me/factors/[id]": meFactorsOne,
  "me/factors/[id]/confirm": meFactorsOneConfirm,
  "me/factors/passkeys": meFactorsPasskeys,
  "me/factors/passkeys/options": meFactorsPasskeysOptions,
  "me/factors/totp": meFactorsTotp,
  "me/password": mePassword,
  "me/recovery-codes": meRecoveryCodes,
  "me/sessions": meSessions,
  "me/sessions/[id]": meSessionsOne,
  "me/step-up": meStepUp,
  "me/step-up/options": meStepUpOptions,
  networks,
  "networks/[id]": networksOne,
  "operations/[id]": operationsOne,
  policies,
  "policies/[id]": policiesOne,
  "policies/[id]/move": policiesOneMove,
  "policies/preview": policiesPreview,
  "policies/simulate": policiesSimulate,
  quarantine,
  "quarantine/end": quarantineEnd,
  settings,
  setup,
  "sign-in/passkey": signInPasskey,
  tokens,
  "tokens/[id]": tokensOne,
  "tokens/self": tokensSelf,
  "tokens/self/rotate": tokensSelfRotate,
  "tokens/[id]/usage": tokensOneUsage,
  "tokens/[id]/resume": tokensOneResume,
  "tokens/[id]/revoke": tokensOneRevoke,
  "tokens/[id]/rotate": tokensOneRotate,
  "tokens/[id]/suspend": tokensOneSuspend,
  "tokens/[id]/waiver": tokensOneWaiver,
  users,
  "users/[id]": usersOne,
  "users/[id]/deactivate": usersOneDeactivate,
  "users/[id]/reactivate": usersOneReactivate,
  "users/[id]/reset-factors": usersOneResetFactors,
  "users/[id]/sessions": usersOneSessions,
  views,
  "users/[id]/sessions/[session]": usersOneSessionsOne,
};
