/** Packet codes: RFC 2865 §3, RFC 2866 §3, RFC 5176 §2.3, RFC 5997 §3. */
export const RadiusCode = {
  AccessRequest: 1,
  AccessAccept: 2,
  AccessReject: 3,
  AccountingRequest: 4,
  AccountingResponse: 5,
  AccessChallenge: 11,
  StatusServer: 12,
  DisconnectRequest: 40,
  DisconnectAck: 41,
  DisconnectNak: 42,
  CoaRequest: 43,
  CoaAck: 44,
  CoaNak: 45,
} as const

/** Attribute types that the server itself reads or writes; all others are known to the dictionary only. */
export const RadiusType = {
  UserName: 1, // RFC 2865 §5.1
  UserPassword: 2, // RFC 2865 §5.2
  ChapPassword: 3, // RFC 2865 §5.3
  NasIpAddress: 4, // RFC 2865 §5.4
  ReplyMessage: 18, // RFC 2865 §5.18
  State: 24, // RFC 2865 §5.24
  VendorSpecific: 26, // RFC 2865 §5.26
  SessionTimeout: 27, // RFC 2865 §5.27
  CalledStationId: 30, // RFC 2865 §5.30
  CallingStationId: 31, // RFC 2865 §5.31
  NasIdentifier: 32, // RFC 2865 §5.32
  ProxyState: 33, // RFC 2865 §5.33
  Prompt: 76, // RFC 2869 §5.10
  EapMessage: 79, // RFC 3579 §3.1
  MessageAuthenticator: 80, // RFC 3579 §3.2
  NasIpv6Address: 95, // RFC 3162 §2.1
} as const
