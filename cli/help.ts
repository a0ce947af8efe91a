/** What `--help` prints: one screen each. */

export const help = `vpce-owner: which AWS resource owns a requester-managed VPC endpoint

Usage: vpce-owner [OPTION ...] TEXT     who owns the endpoint that TEXT names
       vpce-owner [OPTION ...] -        the same, of standard input
       vpce-owner sweep [OPTION ...]    who owns each endpoint of a Region
       vpce-owner serve [OPTION ...]    a page and the API on this machine

TEXT is what you have in hand: the whole error, an id, an ARN, a log line.

  --region R      Region of the endpoint (default: those of TEXT, then yours)
  --profile P     profile of the AWS configuration files (default: AWS_PROFILE)
  --api URL       ask this deployment, with a signature of your credentials
  --token T       with --api: this token and no signature; unlike an argument,
                  the variable VPCE_OWNER_TOKEN is not shown to other users
  --sandbox       answer from a made-up account instead of from AWS
  --fault F       with --sandbox: what goes wrong in it (vpce-owner --faults)
  --json, --text  form of the answer (default: text on a terminal, else JSON)
  --help          this text; after sweep or serve: theirs

Ends with 0 when the answer is complete, 1 when it is not, 2 when there is
none, and 130 when interrupted. AWS_ENDPOINT_URL and DNS_SERVERS (HOST:PORT,
comma-separated) lead elsewhere than to AWS and the system's DNS.
`;

export const sweepHelp = `Names the owner of every VPC endpoint of a Region that an AWS service made.

Usage: vpce-owner sweep [OPTION ...]

  --region R,...      Regions (default: yours); --all-regions: every one that
                      the account has enabled
  --vpc V,...         only endpoints in these VPCs
  --verdict V,...     shows these only, such as unidentified,ambiguous
  --service S,...     shows endpoints of these services only, such as rds-proxy
  --output FORM       table, json, ndjson, csv or md (default: table on a
                      terminal, else ndjson)
  --export FILE       also into this file, in the form that its name ends in;
                      may be repeated
  --fail-on V,...     ends with 3 when an endpoint that is shown has one of
                      these verdicts
  --resume FILE       keeps what is done in FILE, and goes on from there
  --api, --token, --profile, --sandbox, --fault, --help: see vpce-owner --help

Ends with 0 when the answers are complete, 1 when not, 2 when there is none or
the command is not as above, and 130 when interrupted.
`;

export const serveHelp = `Serves the page and the API on http://127.0.0.1:PORT, to this machine only.

Usage: vpce-owner serve [OPTION ...]
       npm start -- [OPTION ...]

  --sandbox            answer from a made-up AWS account (default)
  --live               answer from AWS, with your own credentials
  --api URL            hand on the answers of this deployment, each request
                       with a signature of your credentials
  --token T            with --api: this token and no signature (default:
                       VPCE_OWNER_TOKEN)
  --profile P          profile of the AWS configuration files
  --port N             port to listen on, 0 for any that is free (default: 3000)
  --fault TARGET=KIND  with the sandbox, may be repeated: what goes wrong in it,
                       such as rds:DescribeDBProxies=denied (--faults: all)
  --help               this text

AWS_REGION, AWS_PROFILE and the other variables of the AWS CLI count, too, and
AWS_ENDPOINT_URL and DNS_SERVERS (HOST:PORT, comma-separated).
`;

export const faultsHelp = `What can go wrong in the sandbox, as --fault TARGET=KIND has it:

  --fault rds:DescribeDBProxies=denied
  --fault cloudtrail:LookupEvents=throttled:2
  --fault dns=servfail

TARGET is SERVICE:OPERATION, SERVICE:* or dns. KIND, N being a number:

  an operation's       throttled, error, reset, cut-off, html (each of these
                       five with :N for the first N requests only), denied,
                       scp-denied, expired-credentials, hang, slow:N
                       (milliseconds), empty, garbage, truncated, stalled,
                       missing-fields, missing-lists, repeat-token, endless,
                       second-page, empty-first-page, empty-token,
                       missing-field:NAME
                       (cloudtrail:LookupEvents also: not-json-event)
  of DNS               nxdomain, nodata, servfail, refused, yxdomain, notauth,
                       drop, loop, foreign-cname, two-cnames, garbage, wrong-id
                       (each with :NAME for that name only), slow:N
`;
