/** The private header in which our listener passes the client's address; what clients send by that name it removes. */
export const PEER_HEADER = "x-latchkey-peer";
