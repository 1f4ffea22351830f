import type { Check } from "./check";
import { globalAddressCheck, tokenAddressCheck } from "./checks/address";
import { credentialCheck } from "./checks/credential";
import { failingAddressCheck } from "./checks/failing";
import { gatewayCheck, requestCheck } from "./checks/origin";
import { ownerCheck, usernameCheck } from "./checks/owner";
import { rateCheck } from "./checks/rate";
import { reachCheck } from "./checks/reach";
import { headerConditionsCheck, pathRulesCheck, timeWindowCheck } from "./checks/restrictions";
import { accessCheck, rightsCheck } from "./checks/rights";
import { applicationCheck, targetCheck } from "./checks/target";
import { stateCheck, tokenCheck } from "./checks/token";

/**
 * The ordered list, in two parts: what is judged before the token is looked up, so that hostile paths and garbage never
 * reach the database, and what is judged of the token found.
 */
export const BEFORE_LOOK_UP: readonly Check[] = [
  gatewayCheck,
  requestCheck,
  targetCheck,
  applicationCheck,
  globalAddressCheck,
  failingAddressCheck,
  credentialCheck,
  reachCheck,
];

/** Steps 9–19, on the token that was found. */
export const AFTER_LOOK_UP: readonly Check[] = [
  tokenCheck,
  stateCheck,
  ownerCheck,
  usernameCheck,
  rightsCheck,
  tokenAddressCheck,
  headerConditionsCheck,
  accessCheck,
  pathRulesCheck,
  timeWindowCheck,
  rateCheck,
];
