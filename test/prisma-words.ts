type Row = Readonly<Record<string, unknown>>;
type Value = string | number | null;

const isRecord = (value: unknown): value is Row => typeof value === "object" && value !== null;
const compare = (a: Value, b: Value) => (a === b ? 0 : a !== null && b !== null && a < b ? -1 : 1);
const scalar = (value: unknown): Value => (typeof value === "string" || typeof value === "number" ? value : null);

/** Whether a row meets a condition in Prisma's words, as PostgreSQL would say: what compares with null does not hold. */
export function meets(row: Row, condition: Row): boolean {
  return Object.entries(condition).every(([name, wanted]) => {
    if (name === "AND") return Array.isArray(wanted) && wanted.every((each) => meets(row, each));
    if (name === "OR") return Array.isArray(wanted) && wanted.some((each) => meets(row, each));
    const has = row[name];
    if (!isRecord(wanted)) return has === wanted;
    if ("gt" in wanted) return has !== null && compare(scalar(has), scalar(wanted.gt)) > 0;
    if ("lt" in wanted) return has !== null && compare(scalar(has), scalar(wanted.lt)) < 0;
    if ("gte" in wanted) return has !== null && compare(scalar(has), scalar(wanted.gte)) >= 0;
    if ("lte" in wanted) return has !== null && compare(scalar(has), scalar(wanted.lte)) <= 0;
    if ("not" in wanted) return has !== wanted.not;
    return isRecord(has) && meets(has, wanted);
  });
}

/** Compares two rows by one column of an order in Prisma's words. */
export function inOrder(a: Row, b: Row, order: Row): number {
  const [entry] = Object.entries(order);
  if (entry === undefined) return 0;
  const [name, by] = entry;
  if (isRecord(by) && !("sort" in by))
    return inOrder(isRecord(a[name]) ? a[name] : {}, isRecord(b[name]) ? b[name] : {}, by);
  const [x, y] = [scalar(a[name]), scalar(b[name])];
  const sort = isRecord(by) ? by.sort : by;
  if (x === y) return 0;
  if (isRecord(by) && (x === null || y === null)) return (x === null) === (by.nulls === "last") ? 1 : -1;
  return sort === "desc" ? -compare(x, y) : compare(x, y);
}
