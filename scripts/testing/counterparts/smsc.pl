#!/usr/bin/perl
# A message centre by Net::SMPP (Debian: libnet-smpp-perl), not written by the author of our client. One JSON line on its output for
# each thing that happens. Arguments: port, one of them throttled of so many (0: none), receipts after so many milliseconds (-1:
# none), every so manieth taken in silence (0: none), what receipts say, to which numbers nothing is ever delivered (a pattern), how many it
# takes in a second (0: all), the others throttled. A line "FROM<tab>TEXT" on its input is sent as an answer.
use strict; use warnings; use Net::SMPP; use IO::Select; use Time::HiRes qw(time);
$| = 1;
# One that it speaks to and that is gone ends its line, not its life.
$SIG{PIPE} = 'IGNORE';
my ($port, $throttle, $receipt_ms, $silent, $stat, $dead, $rate) = @ARGV;
my $server = Net::SMPP->new_listen('127.0.0.1', port => $port, listen => 5, smpp_version => 0x34, interface_version => 0x34,
  addr_ton => 0, addr_npi => 1, source_addr_ton => 0, source_addr_npi => 0, dest_addr_ton => 0, dest_addr_npi => 0,
  system_type => '', facilities_mask => 0) or die "listen: $!";
# A life of its own in each id: one that is killed and started again must not say the same ids.
my ($count, $life, $second, $taken) = (0, sprintf('%x', time * 1000), 0, 0);
print qq({"event":"listening"}\n);
while (my $session = $server->accept) {
  my $select = IO::Select->new($session, \*STDIN);
  my @due;
  CONNECTION: while (1) {
    for my $ready ($select->can_read(0.02)) {
      if ($ready == \*STDIN) {
        my $line = <STDIN>;
        if (!defined $line) { $select->remove(\*STDIN); next }
        chomp $line;
        my ($from, $text) = split /\t/, $line, 2;
        $session->deliver_sm(async => 1, source_addr => $from, destination_addr => '38000', esm_class => 0, data_coding => 0, short_message => $text);
        next;
      }
      my $pdu = $session->read_pdu() or last CONNECTION;
      my $command = $pdu->{cmd};
      if ($command == 0x9) {
        $session->set_version(0x34);
        my $ok = $pdu->{password} eq 'wrong' ? 0x0e : 0;
        $session->bind_transceiver_resp(system_id => 'SMSC', seq => $pdu->{seq}, status => $ok);
        print qq({"event":"bind","systemId":"$pdu->{system_id}"}\n);
      } elsif ($command == 0x4) {
        $count += 1;
        ($second, $taken) = (int time, 0) if int time != $second;
        $taken += 1;
        if ($throttle && $count % $throttle == 0 || $rate && $taken > $rate) {
          print qq({"event":"throttled"}\n);
          $session->submit_sm_resp(message_id => '', status => 0x58, seq => $pdu->{seq});
          next;
        }
        if ($pdu->{destination_addr} =~ /^33999/) {
          $session->submit_sm_resp(message_id => '', status => 0x0b, seq => $pdu->{seq});
          next;
        }
        my $id = "$life-" . sprintf('%X', $count);
        printf qq({"event":"submit","id":"%s","to":"%s","from":"%s","coding":%d,"esm":%d,"registered":%d,"hex":"%s"}\n), $id,
          $pdu->{destination_addr}, $pdu->{source_addr}, $pdu->{data_coding}, $pdu->{esm_class}, $pdu->{registered_delivery},
          unpack('H*', $pdu->{short_message});
        next if $silent && $count % $silent == 0;
        $session->submit_sm_resp(message_id => $id, seq => $pdu->{seq});
        push @due, [time + $receipt_ms / 1000, $id, $pdu] if $pdu->{registered_delivery} && $receipt_ms >= 0;
      } elsif ($command == 0x15) {
        print qq({"event":"enquire"}\n);
        $session->enquire_link_resp(seq => $pdu->{seq});
      } elsif ($command == 0x6) {
        $session->unbind_resp(seq => $pdu->{seq});
        print qq({"event":"unbind"}\n);
        last CONNECTION;
      } elsif ($command == 0x80000005) {
        print qq({"event":"heard","status":$pdu->{status}}\n);
      }
    }
    while (@due && $due[0][0] <= time) {
      my ($at, $id, $pdu) = @{ shift @due };
      my $says = $dead && $pdu->{destination_addr} =~ /$dead/ ? 'UNDELIV' : $stat;
      $session->deliver_sm(async => 1, source_addr => $pdu->{destination_addr}, destination_addr => $pdu->{source_addr}, esm_class => 4,
        data_coding => 0, short_message => "id:$id sub:001 dlvrd:001 submit date:2611251030 done date:2611251030 stat:$says err:000 text:");
    }
  }
  $session->close;
}
