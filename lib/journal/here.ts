import { env } from "#lib/env";
import { JournalFiles, type JournalPlace, type Journals } from "./files";

/** Where this process finds its journals. */
export function journalPlace(): JournalPlace {
  const { dataFolder, secret, previousSecret } = env();
  return { dataFolder, secrets: previousSecret === undefined ? [secret] : [secret, previousSecret] };
}

/** What the journals here say of an installation. Throws where they cannot be read. */
export const journalsHere = (installationId: string): Promise<Journals> =>
  new JournalFiles(journalPlace(), "reader").read(installationId);
