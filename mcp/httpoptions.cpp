#include "mcp/httpoptions.h"

#include "conductor/base/privatefile.h"

#include <QFileInfo>

#include <algorithm>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr qsizetype shortestToken = 16;

bool isTokenCharacter(char c)
{
    return c > ' ' && c < 0x7f;
}

} // namespace

Result<HttpOptions::Address> HttpOptions::address() const
{
    const qsizetype colon = at.lastIndexOf(u':');
    QString host = colon < 0 ? u"127.0.0.1"_s : at.first(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    else if (host == u"localhost")
        host = u"127.0.0.1"_s;
    else if (host.contains(u':'))
        host.clear(); // which of its colons is before the port?
    Address address;
    bool isPort = false;
    address.port = at.sliced(colon + 1).toUShort(&isPort);
    if (!isPort || !address.host.setAddress(host))
        return Failure({Error::Kind::Validation, u"--http %1 is neither PORT nor ADDRESS:PORT, such as 8900, 0.0.0.0:8900 or [::1]:8900"_s.arg(at)});
    return address;
}

QString HttpOptions::problem(bool profile) const
{
    if (!isAsked())
        return allowRemote || noAuth || isSupervised() || !tokenFile.isEmpty() ? u"--token-file, --no-auth and --allow-remote go with --http"_s : QString();
    const Result<Address> where = address();
    if (!where)
        return where.error().message;
    const bool local = where->host.isLoopback();
    if (noAuth && !tokenFile.isEmpty())
        return u"Choose one of --token-file and --no-auth"_s;
    if (!local && !allowRemote)
        return u"Other machines can reach %1: say so with --allow-remote"_s.arg(where->host.toString());
    if (!local && noAuth)
        return u"--no-auth is for 127.0.0.1 and [::1] only: leave it out for the profile's token, or give a --token-file"_s;
    if (wantsKeychain() && !profile)
        return tokenIsMissing();
    bool isCount = true;
    if (isSupervised() && (supervised.toInt(&isCount) < 0 || !isCount))
        return u"--supervised takes a number"_s;
    return {};
}

QString HttpOptions::tokenIsMissing()
{
    return u"--http needs a token that clients show: --profile NAME, whose token the companion keeps, or --token-file FILE; make one with\n"
           "  (umask 077; head -c 24 /dev/urandom | base64 > FILE)\nor let in every program on this machine with --no-auth"_s;
}

Result<QByteArray> HttpOptions::token() const
{
    if (noAuth)
        return QByteArray();
    const QFileInfo file(tokenFile);
    const Result<QByteArray> content = readWhole(tokenFile, 4096);
    if (!content)
        return Failure(content.error());
    constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if ((file.permissions() & others) != 0)
        return Failure({Error::Kind::Validation, u"Other users may read or change %1"_s.arg(tokenFile), u"Run: chmod 600 %1"_s.arg(tokenFile)});
    if (file.ownerId() != ::geteuid())
        return Failure({Error::Kind::Validation, u"%1 belongs to another user"_s.arg(tokenFile), u"Use a file of your own"_s});
    const QByteArray token = content->trimmed();
    if (token.size() < shortestToken || !std::all_of(token.begin(), token.end(), isTokenCharacter))
        return Failure({Error::Kind::Validation, u"%1 holds no token of at least %2 visible characters"_s.arg(tokenFile).arg(shortestToken),
                        u"Make one: (umask 077; head -c 24 /dev/urandom | base64 > %1)"_s.arg(tokenFile)});
    return token;
}

} // namespace mcp
