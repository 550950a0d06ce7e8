#include "mcp/commands/console.h"

#include "conductor/base/hostile.h"

#include <QJsonDocument>

#include <cerrno>
#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// JSON says a character and its escape are the same.
QByteArray escaped(const QByteArray &json)
{
    const QString text = QString::fromUtf8(json);
    QString safe;
    safe.reserve(text.size());
    for (const QChar character : text) {
        const bool harmless = character == u'\n' || conductor::harmless(QStringView(&character, 1), 1) == QStringView(&character, 1);
        if (harmless || character.isSurrogate())
            safe += character;
        else
            safe += u"\\u%1"_s.arg(uint(character.unicode()), 4, 16, QChar(u'0'));
    }
    return safe.toUtf8();
}

} // namespace

bool print(int out, const QByteArray &text)
{
    qsizetype at = 0;
    while (at < text.size()) {
        const ssize_t written = ::write(out, text.constData() + at, size_t(text.size() - at));
        if (written < 0 && errno != EINTR)
            return false;
        at += std::max<ssize_t>(0, written);
    }
    return true;
}

bool print(int out, const QString &text)
{
    return print(out, text.toUtf8());
}

QByteArray printable(const QJsonObject &json)
{
    return escaped(QJsonDocument(json).toJson());
}

QByteArray printable(const QJsonArray &json)
{
    return escaped(QJsonDocument(json).toJson());
}

QByteArray printableLine(const QJsonObject &json)
{
    return QByteArray(escaped(QJsonDocument(json).toJson(QJsonDocument::Compact)) + '\n');
}

void complain(const QString &text)
{
    std::fprintf(stderr, "conductor-mcp: %s\n", conductor::harmless(text, 4000).toUtf8().constData());
}

} // namespace mcp
