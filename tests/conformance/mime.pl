# Reads messages with Perl's Email::MIME and prints what it finds in each as a line of JSON.
use strict;
use warnings FATAL => 'all';

use Digest::SHA qw(sha256_hex);
use Email::MIME;
use Email::MIME::Header::AddressList;
use JSON::PP;

my $json = JSON::PP->new->canonical->utf8;

for my $path (@ARGV) {
    open my $file, '<:raw', $path or die "$path: $!";
    my $message = Email::MIME->new(do { local $/; <$file> });
    my %found = (subject => $message->header_str('Subject'), names => [sort map { lc } $message->header_names]);
    for my $line (qw(From Reply-To To Cc Bcc)) {
        my $list = $message->header_as_obj($line) or next;
        $found{lc $line} = [map { [$_->phrase // '', $_->address // ''] } $list->addresses];
    }
    my @parts;
    $message->walk_parts(sub {
        my $part = shift;
        return if $part->subparts;
        my ($type) = split /;/, $part->content_type;
        my $text = $type =~ m{^text/};
        push @parts, {
            type => $type,
            name => $part->filename,
            $text ? (text => $part->body_str) : (sha256 => sha256_hex($part->body)),
        };
    });
    $found{parts} = \@parts;
    print $json->encode(\%found), "\n";
}
