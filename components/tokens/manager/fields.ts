import { STATUSES } from "#lib/tokens/status";

type Choice = { readonly value: string; readonly label: string };

/** How one name of the filter is asked for, and how a chip says it. */
export type FilterField = {
  readonly label: string;
  readonly kind: "choices" | "choice" | "text" | "date" | "days" | "applications";
  readonly choices?: readonly Choice[];
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const yes = (one: string, other: string): readonly Choice[] => [
  { value: "true", label: one },
  { value: "false", label: other },
];
const choice = (label: string, choices: readonly Choice[]): FilterField => ({ label, kind: "choice", choices });
const text = (label: string): FilterField => ({ label, kind: "text" });
const date = (label: string): FilterField => ({ label, kind: "date" });
const days = (label: string): FilterField => ({ label, kind: "days" });

/** Every name of the filter, in the order of the form. */
export const FIELDS = {
  status: {
    label: "Status",
    kind: "choices",
    choices: STATUSES.map((value) => ({ value, label: value === "orphaned" ? "Owner gone" : capital(value) })),
  },
  application: { label: "Application", kind: "applications" },
  access: choice("May", [
    { value: "read", label: "read" },
    { value: "write", label: "write" },
  ]),
  owner: text("Owner"),
  group: text("Group of the owner"),
  createdBy: text("Issued by"),
  breaksPolicy: choice("Its policy", yes("broken", "kept to")),
  issued: choice("Made", yes("under a delegation", "by the owner’s own tier")),
  delegation: text("Delegation"),
  network: text("Network"),
  noRanges: choice("From", yes("anywhere", "certain addresses")),
  neverExpires: choice("Ends", yes("never", "some day")),
  expiresWithinDays: days("Ends within days"),
  unusedDays: days("Unused for days"),
  neverUsed: choice("Used", yes("never", "at least once")),
  knocking: choice("After its end", yes("still used", "not used")),
  createdFrom: date("Created from"),
  createdTo: date("Created before"),
  expiresFrom: date("Ends from"),
  expiresTo: date("Ends before"),
  lastUsedFrom: date("Last used from"),
  lastUsedTo: date("Last used before"),
} as const satisfies Record<string, FilterField>;

export type FilterName = keyof typeof FIELDS;

const ENDED = ["revoked", "denied", "expired"];

/** What a chip says after its label: *active, expiring*, *any of 5*, *not ended*. */
export function chipWords(name: FilterName, values: readonly string[]): string {
  const field: FilterField = FIELDS[name];
  const living = STATUSES.filter((status) => !ENDED.includes(status));
  if (name === "status" && values.length === living.length && living.every((status) => values.includes(status)))
    return "not ended";
  const words = values.map((value) => field.choices?.find((each) => each.value === value)?.label ?? value);
  return words.length > 3 ? `any of ${words.length}` : words.join(", ").toLowerCase();
}
