#include "conductor/definition/positions.h"

#include "conductor/base/hostile.h"
#include "conductor/definition/jsonpath.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 512; // what Qt's own parser takes is 1,024

class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {
    }

    JsonPositions scan()
    {
        if (peek() == QChar(0xFEFF))
            advance();
        skipSpace();
        if (isAtEnd())
            fail(u"there is nothing here; a definition is a JSON object: { … }"_s);
        else if (value({}, 0)) {
            skipSpace();
            if (!isAtEnd())
                fail(u"nothing may follow after the end of the JSON value"_s);
        }
        return std::move(m_result);
    }

private:
    bool isAtEnd() const { return m_at >= m_text.size(); }
    QChar peek() const { return isAtEnd() ? QChar() : m_text[m_at]; }

    void advance()
    {
        if (m_text[m_at] == u'\n') {
            ++m_position.line;
            m_position.column = 1;
        } else {
            ++m_position.column;
        }
        ++m_at;
    }

    void skipSpace()
    {
        while (!isAtEnd() && (peek() == u' ' || peek() == u'\t' || peek() == u'\n' || peek() == u'\r'))
            advance();
    }

    bool fail(const QString &message)
    {
        if (!m_result.fault)
            m_result.fault = JsonPositions::Fault{m_position, message};
        return false;
    }

    bool unexpected(const QString &wanted)
    {
        if (isAtEnd())
            return fail(u"the text ends here, where %1 should stand"_s.arg(wanted));
        if (peek() == u'/')
            return fail(u"JSON has no comments"_s);
        if (peek() == u'\'')
            return fail(u"texts stand in double quotes in JSON"_s);
        return fail(u"%1 should stand here, not %2"_s.arg(wanted, harmless(m_text.mid(m_at, 1))));
    }

    bool value(const QString &path, int depth)
    {
        if (depth > deepest)
            return fail(u"nested deeper than %1 levels"_s.arg(deepest));
        if (!m_result.places.contains(path))
            m_result.places.insert(path, m_position);
        const QChar c = peek();
        if (c == u'{')
            return object(path, depth);
        if (c == u'[')
            return array(path, depth);
        if (c == u'"')
            return text(nullptr);
        if (c == u'-' || c.isDigit())
            return number();
        return word();
    }

    bool object(const QString &path, int depth)
    {
        advance();
        skipSpace();
        QSet<QString> keys;
        if (peek() == u'}') {
            advance();
            return true;
        }
        while (true) {
            if (peek() == u'}')
                return fail(u"a comma must not stand before }"_s);
            if (peek() != u'"')
                return unexpected(u"a key in double quotes"_s);
            const TextPosition place = m_position;
            QString key;
            if (!text(&key))
                return false;
            const QString memberPath = member(path, key);
            if (keys.contains(key))
                m_result.doubleKeys << memberPath;
            keys.insert(key);
            m_result.places.insert(memberPath, place);
            skipSpace();
            if (peek() != u':')
                return unexpected(u"a colon after the key"_s);
            advance();
            skipSpace();
            if (!value(memberPath, depth + 1))
                return false;
            skipSpace();
            if (peek() == u'}') {
                advance();
                return true;
            }
            if (peek() != u',')
                return unexpected(u"a comma or }"_s);
            advance();
            skipSpace();
        }
    }

    bool array(const QString &path, int depth)
    {
        advance();
        skipSpace();
        if (peek() == u']') {
            advance();
            return true;
        }
        for (qsizetype index = 0;; ++index) {
            if (peek() == u']')
                return fail(u"a comma must not stand before ]"_s);
            if (!value(element(path, index), depth + 1))
                return false;
            skipSpace();
            if (peek() == u']') {
                advance();
                return true;
            }
            if (peek() != u',')
                return unexpected(u"a comma or ]"_s);
            advance();
            skipSpace();
        }
    }

    bool text(QString *content)
    {
        const TextPosition begin = m_position;
        advance();
        while (!isAtEnd()) {
            const QChar c = peek();
            if (c == u'"') {
                advance();
                return true;
            }
            if (c.unicode() < 0x20) {
                if (c == u'\n' || c == u'\r') {
                    m_position = begin;
                    return fail(u"this text is not closed on its line; write \\n for a line break within a text"_s);
                }
                return fail(u"control characters have to be escaped in a text"_s);
            }
            if (c == u'\\') {
                if (!escape(content))
                    return false;
                continue;
            }
            if (content)
                *content += c;
            advance();
        }
        m_position = begin;
        return fail(u"this text is not closed"_s);
    }

    bool escape(QString *content)
    {
        advance();
        const QChar c = peek();
        constexpr QStringView plain = u"\"\\/bfnrt";
        constexpr QStringView meant = u"\"\\/\b\f\n\r\t";
        if (const qsizetype which = isAtEnd() ? -1 : plain.indexOf(c); which >= 0) {
            if (content)
                *content += meant[which];
            advance();
            return true;
        }
        if (c != u'u')
            return fail(u"\\%1 is no escape JSON knows"_s.arg(harmless(m_text.mid(m_at, 1))));
        advance();
        bool isHex = false;
        const ushort code = m_text.mid(m_at, 4).toUShort(&isHex, 16);
        if (!isHex || m_text.size() < m_at + 4)
            return fail(u"four hexadecimal digits follow after \\u"_s);
        if (content)
            *content += QChar(code);
        for (int i = 0; i < 4; ++i)
            advance();
        return true;
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return unexpected(u"a digit"_s);
        while (isDigit(peek()))
            advance();
        return true;
    }

    bool number()
    {
        if (peek() == u'-')
            advance();
        const bool isZero = peek() == u'0';
        if (!isZero && !digits())
            return false;
        if (isZero) {
            advance();
            if (isDigit(peek()))
                return fail(u"a number must not begin with 0"_s);
        }
        if (peek() == u'.') {
            advance();
            if (!digits())
                return false;
        }
        if (peek() == u'e' || peek() == u'E') {
            advance();
            if (peek() == u'+' || peek() == u'-')
                advance();
            if (!digits())
                return false;
        }
        return true;
    }

    bool word()
    {
        for (const QStringView known : {u"true", u"false", u"null"}) {
            if (m_text.mid(m_at, known.size()) == known) {
                for (qsizetype i = 0; i < known.size(); ++i)
                    advance();
                return true;
            }
        }
        return unexpected(u"a value"_s);
    }

    static bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

    QStringView m_text;
    qsizetype m_at = 0;
    TextPosition m_position;
    JsonPositions m_result;
};

} // namespace

TextPosition JsonPositions::of(QString path) const
{
    while (true) {
        if (const auto found = places.constFind(path); found != places.cend())
            return *found;
        if (path.isEmpty())
            return {};
        // The last dot or bracket that is not within a quoted key.
        qsizetype cut = path.endsWith(u"\"]"_s) ? path.lastIndexOf(u"[\""_s) : std::max(path.lastIndexOf(u'.'), path.lastIndexOf(u'['));
        path.truncate(std::max<qsizetype>(0, cut));
    }
}

JsonPositions positionsIn(QStringView json) { return Scanner(json).scan(); }

} // namespace conductor
