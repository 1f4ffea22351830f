"use client";
import { ScanSearch } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { Reader } from "../../ui/time-words";
import type { ApplicationName } from "../token-words";
import { onPastedSecret } from "./pasted-secret";

const load = () => import("./find-dialog").then((module) => module.FindDialog);
const FindDialog = dynamic(load, { ssr: false });

type Props = { applications: readonly ApplicationName[]; reader: Reader };

/** Opens *Find by secret*: by its button, or because somebody pasted a secret into the search. */
export function FindBySecret(props: Props) {
  const [secret, setSecret] = useState<string | null>(null);
  useEffect(() => onPastedSecret(setSecret), []);
  return (
    <>
      <Button onPointerEnter={load} onClick={() => setSecret("")}>
        <Icon of={ScanSearch} />
        Find by secret
      </Button>
      {secret !== null && <FindDialog {...props} pasted={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
