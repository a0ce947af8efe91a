# pip install botocore; python ask.py API REGION TEXT
import json, sys, urllib.error, urllib.parse, urllib.request
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.session import Session

api, region, question = sys.argv[1:]
query = urllib.parse.urlencode({"q": question}, quote_via=urllib.parse.quote)
request = AWSRequest("GET", f"{api.rstrip('/')}/identify?{query}")
SigV4Auth(Session().get_credentials(), "execute-api", region).add_auth(request)
try:
    answer = urllib.request.urlopen(urllib.request.Request(request.url, headers=dict(request.headers)))
except urllib.error.HTTPError as error:
    answer = error
body = json.load(answer)
print(body.get("verdict") or body.get("detail") or body["message"], body.get("owner"), body.get("nextStep"))
