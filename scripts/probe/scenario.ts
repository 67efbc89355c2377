/** Answers that end a call before it is up (RFC 3261 §21 and its registry): sipp takes each by its own line. */
const REFUSALS = [
  ...[
    300, 301, 302, 305, 380, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 412, 413, 414, 415, 416, 420,
    421, 422, 423, 424,
  ],
  ...[
    428, 429, 430, 433, 436, 437, 438, 439, 440, 469, 480, 481, 482, 483, 484, 485, 486, 487, 488, 489, 491,
    493, 494,
  ],
  ...[500, 501, 502, 503, 504, 505, 513, 555, 580, 600, 603, 604, 606, 607, 608],
]

export type Waits = {
  /** Until anything at all comes back, and until somebody answers once it rings. */
  silenceMs: number
  answerMs: number
  /** A call that is taken is ended after so long. */
  talkMs: number
}
export const WAITS: Waits = { silenceMs: 12_000, answerMs: 30_000, talkMs: 300 }

/**
 * One test call as sipp plays it: INVITE, what comes back with its Reason, and an orderly end whatever it is (ACK, CANCEL or BYE). Each
 * call writes one line, which `readLog` reads.
 */
export function scenarioOf({ silenceMs, answerMs, talkMs }: Waits = WAITS): string {
  const refusals = (phase: string) =>
    REFUSALS.map(
      (code) => `  <recv response="${code}" optional="true" next="refused"><action>
    <ereg regexp=".*" search_in="hdr" header="Reason:" assign_to="reason"/><assignstr assign_to="code" value="${code}"/>
    <gettimeofday assign_to="es,eus"/><assignstr assign_to="phase" value="${phase}"/></action></recv>`,
    ).join('\n')
  const rings = (code: number) =>
    `  <recv response="${code}" optional="true" next="rang"><action><gettimeofday assign_to="rs,rus"/></action></recv>`
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="test call">
  <nop><action><assignstr assign_to="phase" value="silence"/><assignstr assign_to="reason" value=""/><assignstr assign_to="code" value=""/>
    <assignstr assign_to="rs" value=""/><assignstr assign_to="rus" value=""/><assignstr assign_to="as" value=""/><assignstr assign_to="aus" value=""/>
    <assignstr assign_to="es" value=""/><assignstr assign_to="eus" value=""/><gettimeofday assign_to="s,us"/></action></nop>
  <send retrans="500"><![CDATA[
${request('INVITE', 'inv', 'sip:[field1]', 1, 'To: <sip:[field1]>')}
Contact: <sip:[field2]@[local_ip]:[local_port]>
Subject: appel d'essai - test call
Content-Type: application/sdp
Content-Length: [len]

v=0
o=probe 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
]]></send>
  <recv response="100" optional="true"/>
${rings(180)}
${rings(181)}
${rings(182)}
${rings(183)}
${refusals('before')}
  <recv response="200" rrs="true" timeout="${silenceMs}" ontimeout="silent" next="up"><action><gettimeofday assign_to="as,aus"/></action></recv>
  <label id="rang"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
${refusals('ringing')}
  <recv response="200" rrs="true" timeout="${answerMs}" ontimeout="unanswered"><action><gettimeofday assign_to="as,aus"/></action></recv>
  <label id="up"/>
  <send><![CDATA[
${request('ACK', 'ack', '[next_url]', 1, '[last_To:]', '[routes]')}
Content-Length: 0

]]></send>
  <pause milliseconds="${talkMs}"/>
  <nop><action><gettimeofday assign_to="es,eus"/></action></nop>
  <send retrans="500"><![CDATA[
${request('BYE', 'bye', '[next_url]', 2, '[last_To:]', '[routes]')}
Content-Length: 0

]]></send>
  <recv response="200" timeout="4000" ontimeout="answered"/>
  <label id="answered"/>
  <nop next="end"><action>${logLine('200')}</action></nop>
  <label id="refused"/>
  <send><![CDATA[
${request('ACK', 'inv', 'sip:[field1]', 1, '[last_To:]')}
Content-Length: 0

]]></send>
  <nop next="end"><action>${logLine('[$code]')}</action></nop>
  <label id="unanswered"/>
  <send><![CDATA[
${request('CANCEL', 'inv', 'sip:[field1]', 1, 'To: <sip:[field1]>')}
Content-Length: 0

]]></send>
  <recv response="200" optional="true"/>
  <recv response="487" timeout="4000" ontimeout="cancelled"/>
  <send><![CDATA[
${request('ACK', 'inv', 'sip:[field1]', 1, '[last_To:]')}
Content-Length: 0

]]></send>
  <label id="cancelled"/>
  <nop next="end"><action><gettimeofday assign_to="es,eus"/>${logLine('487')}</action></nop>
  <label id="silent"/>
  <nop><action><gettimeofday assign_to="es,eus"/>${logLine('408')}</action></nop>
  <label id="end"/>
  <nop><action><assignstr assign_to="phase" value="[$phase][$code][$reason][$s][$us][$rs][$rus][$as][$aus][$es][$eus]"/></action></nop>
</scenario>
`
}

// One branch for the INVITE, its CANCEL and the ACK of a refusal (RFC 3261 §9.1, §17.1.1.3); others of their own.
function request(
  method: string,
  branch: string,
  address: string,
  cseq: number,
  to: string,
  routes = '',
): string {
  return `${method} ${address} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-${branch}
${routes ? `${routes}\n` : ''}From: <sip:[field2]@[local_ip]:[local_port]>;tag=[pid]S[call_number]
${to}
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Max-Forwards: 70`
}

function logLine(code: string): string {
  return `<log message="CALL id=[field0] code=${code} sent=[$s].[$us] ring=[$rs].[$rus] answer=[$as].[$aus] end=[$es].[$eus] reason=[$reason]"/>`
}
