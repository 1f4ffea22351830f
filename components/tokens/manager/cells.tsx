import { Eye, Pencil } from "lucide-react";
import Link from "next/link";
import type { TokenView } from "#lib/tokens/view";
import { Avatar } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import { Status } from "../../ui/status";
import { Td } from "../../ui/table";
import { Time } from "../../ui/time";
import { ago, type Reader } from "../../ui/time-words";
import { lifeOf } from "../life";

type Props = { token: TokenView };
type Timed = Props & { reader: Reader };

export function OwnerCell({ token: { owner } }: Props) {
  return (
    <Td>
      <span className="flex min-w-0 items-center gap-2">
        <Avatar name={owner.username} small />
        <span className="truncate" title={owner.username}>
          {owner.username}
        </span>
      </span>
    </Td>
  );
}

export function NameCell({ token }: Props) {
  return (
    <Td>
      <span className="flex min-w-0 items-center gap-2">
        <Status status={token.status} as="shape" />
        <Link prefetch={false} href={`/tokens/${token.id}`} title={token.name} className="truncate font-medium text-fg">
          {token.name}
        </Link>
        {token.hint && (
          <span className="mono ml-auto flex-none text-xs text-fg-3" title={token.hint}>
            …{token.hint.slice(-4)}
          </span>
        )}
      </span>
    </Td>
  );
}

export function AccessCell({ token: { access } }: Props) {
  return (
    <Td>
      <span className="flex items-center gap-1">
        <Icon of={access === "read" ? Eye : Pencil} size={14} className="text-fg-3" />
        {access === "read" ? "Read" : "Write"}
      </span>
    </Td>
  );
}

export function MakerCell({ token: { createdBy, owner } }: Props) {
  const own = createdBy === owner.username;
  return (
    <Td className={`truncate ${own ? "text-fg-3" : ""}`} title={createdBy}>
      {own ? "Owner" : createdBy}
    </Td>
  );
}

export function EndCell({ token, reader }: Timed) {
  const life = lifeOf(token, reader);
  const nearly = life.tone === "nearly-over";
  const tone = life.at === null ? "text-warning-fg" : nearly ? "font-medium text-st-expiring-fg" : "";
  return (
    <Td className={`whitespace-nowrap tabular-nums ${tone}`}>
      {life.at ? (
        <Time at={life.at} reader={reader}>
          {nearly ? life.left : life.ends}
        </Time>
      ) : (
        life.ends
      )}
    </Td>
  );
}

export function UseCell({ token: { lastUsedAt, lastUsedIp }, reader }: Timed) {
  if (lastUsedAt === null) {
    return (
      <Td>
        <span className="text-fg-3">Never</span>
      </Td>
    );
  }
  return (
    <Td>
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="min-w-[78px] flex-none tabular-nums">
          <Time at={lastUsedAt} reader={reader}>
            {ago(Date.parse(lastUsedAt), reader)}
          </Time>
        </span>
        <span className="mono truncate text-xs text-fg-3" title={lastUsedIp ?? ""}>
          {lastUsedIp}
        </span>
      </span>
    </Td>
  );
}
