import { Buffer } from "node:buffer";
import protobuf from "protobufjs";
import type { CheckRequest } from "#lib/verification/adapters/check-request";
import type { CheckResponse } from "#lib/verification/adapters/check-response";

/**
 * Of Envoy's messages the fields that we read and write; on the wire the numbers count, not the names of packages.
 * After envoy/service/auth/v3/{external_auth,attribute_context}.proto, envoy/config/core/v3/{address,base}.proto,
 * envoy/type/v3/http_status.proto and google/rpc/status.proto.
 */
const MESSAGES = `
  syntax = "proto3";

  message CheckRequest { AttributeContext attributes = 1; }
  message AttributeContext { Peer source = 1; Request request = 4; }
  message Peer { Address address = 1; }
  message Address { SocketAddress socket_address = 1; }
  message SocketAddress { string address = 2; }
  message Request { HttpRequest http = 2; }
  message HttpRequest {
    string method = 2;
    map<string, string> headers = 3;
    string path = 4;
    string host = 5;
    string scheme = 6;
    HeaderMap header_map = 13;
  }
  message HeaderMap { repeated HeaderValue headers = 1; }
  message HeaderValue { string key = 1; string value = 2; bytes raw_value = 3; }

  message CheckResponse {
    Status status = 1;
    oneof http_response { DeniedHttpResponse denied_response = 2; OkHttpResponse ok_response = 3; }
  }
  message Status { int32 code = 1; }
  message DeniedHttpResponse { HttpStatus status = 1; repeated HeaderValueOption headers = 2; string body = 3; }
  message HttpStatus { int32 code = 1; }
  message OkHttpResponse { repeated HeaderValueOption headers = 2; repeated string headers_to_remove = 5; }
  message HeaderValueOption { HeaderValue header = 1; int32 append_action = 3; bool keep_empty_value = 4; }
`;

const { root } = protobuf.parse(MESSAGES);
const request = root.lookupType("CheckRequest");
const response = root.lookupType("CheckResponse");

/** Throws what is no such message. */
export const readRequest = (bytes: Buffer): CheckRequest => request.toObject(request.decode(bytes));
export const writeRequest = (value: CheckRequest): Buffer =>
  Buffer.from(request.encode(request.fromObject(value)).finish());
export const readResponse = (bytes: Buffer): CheckResponse => {
  const { status = { code: 0 }, ...rest } = response.toObject(response.decode(bytes), { arrays: true });
  return { status, ...rest };
};
export const writeResponse = (value: CheckResponse): Buffer =>
  Buffer.from(response.encode(response.fromObject(value)).finish());

/** The one method of the service `envoy.service.auth.v3.Authorization`. */
export const AUTHORIZATION = {
  Check: {
    path: "/envoy.service.auth.v3.Authorization/Check",
    requestStream: false,
    responseStream: false,
    requestSerialize: writeRequest,
    requestDeserialize: readRequest,
    responseSerialize: writeResponse,
    responseDeserialize: readResponse,
  },
} as const;
