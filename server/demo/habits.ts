/** Who calls what, and how often on a working day. `token`: of the story; without one `password` is sent, as of old. */
export type Habit = {
  readonly token?: string;
  readonly username: string;
  readonly host: string;
  readonly requests: readonly string[];
  readonly address: string;
  readonly client: string;
  readonly callsPerDay: number;
  /** From so many days ago on, until so many days ago. */
  readonly from: number;
  readonly until: number;
  /** Machines know no weekend. */
  readonly always?: boolean;
};

const JIRA = "jira.example.com";
const [OFFICE, CI, CLOUD] = ["192.0.2.20", "198.51.100.7", "203.0.113.99"];
const CURL = "curl/8.5.0";
const READS = ["GET /rest/api/2/myself", "POST /rest/api/2/search", "GET /rest/api/2/issue/OPS-7"];

const BRANCH = "GET /rest/api/1.0/projects/OPS/repos/tools/browse/feature%2Frota";

const by = (token: string, username: string, callsPerDay: number, from: number, until = 0) => {
  return { token, username, callsPerDay, from, until };
};
const inJira = (requests: readonly string[], address: string, client: string) => ({
  host: JIRA,
  requests,
  address,
  client,
});

/** The requests of the month: what ended goes on knocking, as it does everywhere. */
export const HABITS: readonly Habit[] = [
  {
    ...by("Build server", "ci-builds", 40, 29),
    ...inJira([...READS, "POST /rest/api/2/issue/OPS-7/comment"], CI, "Jenkins/2.440"),
    always: true,
  },
  {
    ...by("Build server", "ci-builds", 8, 16),
    ...{ host: "git.example.com", requests: [BRANCH], address: CI, client: "Jenkins/2.440", always: true },
  },
  {
    ...by("Who is on duty", "tomasz.wojcik", 20, 15),
    ...{ host: "rota.example.com", requests: ["GET /api/duty/today"], address: CLOUD, client: "pager/2", always: true },
  },
  {
    ...by("Burndown chart", "mara.lindqvist", 300, 15),
    ...inJira(["GET /rest/api/2/search", "GET /rest/api/2/issue/OPS-7"], OFFICE, "chart/0.1"),
  },
  { ...by("Build server, new", "ci-builds", 12, 1), ...inJira(READS, CI, "Jenkins/2.452"), always: true },
  { ...by("Status board", "status-board", 90, 29), ...inJira(READS.slice(1), OFFICE, "status-board/3"), always: true },
  { ...by("Nightly report", "mara.lindqvist", 6, 28), ...inJira(READS, OFFICE, "python-requests/2.32"), always: true },
  {
    ...by("Wiki export", "lena.fischer", 4, 28),
    ...{ host: "wiki.example.com", requests: ["GET /rest/api/content"], address: OFFICE, client: CURL },
  },
  { ...by("Calendar sync", "tomasz.wojcik", 24, 25), ...inJira(READS.slice(1), CLOUD, "Make/1.0"), always: true },
  { ...by("First steps", "juno.park", 5, 25, 12), ...inJira([...READS, "PUT /rest/api/2/issue/OPS-7"], OFFICE, CURL) },
  { ...by("Old laptop", "mara.lindqvist", 8, 20, 11), ...inJira(READS, OFFICE, CURL) },
  { ...by("Old laptop", "mara.lindqvist", 3, 9, 2), ...inJira(READS, CLOUD, CURL), always: true },
  { ...by("Zapier", "tomasz.wojcik", 60, 20), ...inJira(READS.slice(1), CLOUD, "Zapier"), always: true },
  { ...by("Tidy up", "mara.lindqvist", 3, 2), ...inJira(READS, OFFICE, CURL) },
  { username: "reporting", callsPerDay: 9, from: 30, until: 0, ...inJira(READS, OFFICE, "Excel/16"), always: true },
];
