import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the page's script has taken over what the server drew: before that, a press or what is sent is lost. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
