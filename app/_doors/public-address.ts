import { BlockList, isIP } from 'node:net'

/** IANA special-purpose address registries (RFC 6890 and its updates): what in IPv4 is no host of the Internet. */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const
/** And of the one range of IPv6 that is given out, what leads into IPv4 again or to nobody: protocol assignments with Teredo, 6to4, documentation. */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const given = new BlockList()
given.addSubnet('2000::', 3, 'ipv6')
const [no4, no6] = [new BlockList(), new BlockList()]
for (const [net, bits] of NOT_PUBLIC_4) no4.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of NOT_PUBLIC_6) no6.addSubnet(net, bits, 'ipv6')

/** Whether an address is one of the public Internet: not this machine, its network, nor one that only looks like another. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !no4.check(address, 'ipv4')
  // IPv4 written as IPv6, link-local, unique local and loopback are all outside what is given out.
  return family === 6 && !address.includes('%') && given.check(address, 'ipv6') && !no6.check(address, 'ipv6')
}
