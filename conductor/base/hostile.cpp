#include "conductor/base/hostile.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

bool reordersText(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool isInvisible(char16_t c)
{
    return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || (c >= 0x80 && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

} // namespace

QString harmless(QStringView text, qsizetype cap, Lines lines)
{
    QStringView shown = text.left(cap);
    if (!shown.isEmpty() && shown.back().isHighSurrogate())
        shown.chop(1);

    QString result;
    result.reserve(shown.size() + 16);
    for (const QChar character : shown) {
        const char16_t c = character.unicode();
        if (c == u'\n' || c == u'\t')
            result += lines == Lines::Keep ? character : QChar(c == u'\n' ? u'⏎' : u' ');
        else if (c < 0x20)
            result += QChar(char16_t(0x2400 + c));
        else if (c == 0x7F)
            result += u'␡';
        else if (reordersText(c) || isInvisible(c))
            result += u"⟨U+%1⟩"_s.arg(uint(c), 4, 16, QChar(u'0')).toUpper();
        else
            result += character;
    }
    if (shown.size() < text.size())
        result += u"… (%1 more)"_s.arg(text.size() - shown.size());
    return result;
}

} // namespace conductor
