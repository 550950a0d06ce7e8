#include "conductor/base/result.h"

using namespace Qt::StringLiterals;

namespace conductor {

QString kindName(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Network:
        return u"network"_s;
    case Error::Kind::Timeout:
        return u"timeout"_s;
    case Error::Kind::Tls:
        return u"tls"_s;
    case Error::Kind::Auth:
        return u"auth"_s;
    case Error::Kind::NotFound:
        return u"not_found"_s;
    case Error::Kind::Conflict:
        return u"conflict"_s;
    case Error::Kind::Validation:
        return u"validation"_s;
    case Error::Kind::Server:
        return u"server"_s;
    case Error::Kind::Protocol:
        return u"protocol"_s;
    case Error::Kind::Keychain:
        return u"keychain"_s;
    case Error::Kind::Cancelled:
        return u"cancelled"_s;
    }
    return u"protocol"_s;
}

QString sentence(const Error &error)
{
    if (error.hint.isEmpty())
        return error.message;
    const bool ended = error.message.endsWith(u'.') || error.message.endsWith(u'!') || error.message.endsWith(u'?');
    return error.message + (ended ? u" "_s : u". "_s) + error.hint;
}

} // namespace conductor
