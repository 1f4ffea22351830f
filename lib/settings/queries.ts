import { database } from "#lib/db/client";

/** Whether the first admin is still to be made. Visitors may know: the sign-in page tells them what to do. */
export async function setupState(): Promise<{ open: boolean }> {
  const setup = await database().setup.findUnique({ where: { id: 1 }, select: { completedAt: true } });
  return { open: setup !== null && setup.completedAt === null };
}
