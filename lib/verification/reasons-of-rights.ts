import { type Reason, refused, tooOften } from "./reason";

/** The part of the catalogue about a good token: steps 13–19, what its tier, its grant and it itself do not allow. */
export const RIGHTS_REASONS = {
  use_refused: refused(13, {
    meaning: "The owner's tier does not grant the use of tokens, or the owner has none.",
    remedy: "Put the owner into a group whose tier grants use.",
    help: "tier",
    sentence: "You may not use tokens at the moment. Ask an administrator for a tier that grants it.",
  }),
  application_refused: refused(13, {
    meaning: "The token, its grant or the owner's ceiling does not include this application.",
    remedy:
      "Create a token for this application; where its tier, delegation or ceiling leaves that out, an administrator includes it there first.",
    help: "application",
    sentence: "This token is not for this application. Create one that is, or ask an administrator.",
  }),
  identity_unavailable: refused(13, {
    meaning: "The application authenticates everybody itself (passthrough), so nobody would know whose token it is.",
    remedy: "Choose another identity mode for the application.",
    help: "identity",
    sentence: "This application does not take Latchkey tokens.",
  }),
  identity_unsupported: refused(13, {
    meaning: "The application's identity mode is one that this version cannot provide.",
    remedy: "Upgrade the verifier, or choose another identity mode for the application.",
    help: "identity",
    sentence: "This application does not take Latchkey tokens yet.",
  }),
  identity_unrepresentable: refused(13, {
    meaning: "The owner's username cannot be written in a header without becoming another name.",
    remedy: "Give the owner a username for this application in plain ASCII.",
    help: "identity",
    sentence: "Your username cannot be passed on to this application. Ask an administrator for another one there.",
  }),

  token_address_refused: refused(14, {
    meaning: "The client's address is outside the ranges of token, grant or ceiling.",
    remedy:
      "Call from an allowed network, or use a token that allows this one; where its tier, delegation or ceiling does not, an administrator widens their ranges first.",
    help: "address",
    sentence: "This token may not be used from your network address.",
  }),

  header_refused: refused(15, {
    meaning: "The request does not carry a header that the token asks for, once and with exactly its value.",
    remedy: "Send the header, or use a token without the condition.",
    help: "restrictions",
    sentence: "This token works only with a certain header, which this request does not carry.",
  }),
  restriction_unknown: refused(15, {
    meaning: "The token carries a restriction that this version does not know.",
    remedy: "Upgrade the verifier, or create a token without it.",
    help: "restrictions",
    sentence: "This token has a restriction that cannot be checked here. Tell an administrator.",
  }),

  write_refused: refused(16, {
    meaning: "The request changes something, and token, grant or ceiling allow reading only.",
    remedy:
      "Use a token that may write; where tier, delegation or ceiling allow reading only, an administrator changes that first.",
    help: "access",
    sentence:
      "This token may only read, and this request changes something. Use one that may write, or ask an administrator.",
  }),
  upgrade_refused: refused(16, {
    meaning: "The request asks for another protocol, inside which nothing could be checked.",
    remedy: "Use plain requests, or allow WebSocket in the application.",
    help: "access",
    sentence: "Tokens cannot open a WebSocket or another protocol here. Use plain requests.",
  }),

  path_rule_refused: refused(17, {
    meaning: "None of the token's path rules allows this method and path, or where its Destination leads.",
    remedy: "Call what the token is for, or use one whose path rules allow this.",
    help: "restrictions",
    sentence: "This token is for certain paths only, and this is none of them.",
  }),
  time_refused: refused(18, {
    meaning: "The token's time window is closed at the moment.",
    remedy: "Call within its days and times, or use a token without a time window.",
    help: "restrictions",
    sentence: "This token works at certain times only, and not now.",
  }),
  rate_limited: tooOften(19, {
    meaning: "The token was used more often than its rate limit allows; refused requests count apart.",
    remedy: "Wait as long as Retry-After says and call less often, or use a token with a higher limit.",
    help: "restrictions",
    sentence: "This token is used too often. Wait a little, then go on more slowly.",
  }),
  owner_rate_limited: tooOften(19, {
    meaning: "All tokens of the owner together were used more often than the installation allows one owner.",
    remedy: "Wait as long as Retry-After says and call less often, or raise the limit of owners in the settings.",
    help: "restrictions",
    sentence: "The tokens of this user together are used too often. Wait a little, then go on more slowly.",
  }),
} as const satisfies Record<string, Reason>;
