import { typedRanges } from "../networks/network-words";

/** What a gateway's form says, as the API takes it. */
export function typedGateway(data: FormData) {
  return {
    adapter: String(data.get("adapter") ?? ""),
    applications: data.getAll("applications").map(String),
    peers: typedRanges(String(data.get("peers") ?? "")),
    trustedRanges: typedRanges(String(data.get("trustedRanges") ?? "")),
    trustedHops: Number(data.get("trustedHops")),
  };
}
