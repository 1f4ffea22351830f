/** Who opens a claim link, in words. */
export const openerWords = ({ username, kind }: { username: string; kind: "person" | "service" }): string =>
  kind === "person" ? username : `a maintainer of ${username}`;
