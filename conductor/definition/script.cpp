#include "conductor/definition/script.h"

#include <QSet>
#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

enum class Kind { None, Value, Word, Keyword, Open, Close, Binary, Unary, Separator };

struct Token {
    Kind kind = Kind::None;
    QStringView text;
    qsizetype at = 0;
    bool isAfterBreak = false; // a line break stands before it
};

bool isNameStart(QChar c) { return c.isLetter() || c == u'_' || c == u'$'; }

bool isName(QChar c) { return isNameStart(c) || c.isDigit(); }

bool isKeyword(QStringView word)
{
    static const QSet<QStringView> keywords{u"var",     u"let",     u"const", u"function", u"return", u"typeof", u"instanceof", u"in",      u"of",
                                            u"new",     u"delete",  u"void",  u"if",       u"else",   u"for",    u"while",      u"do",      u"switch",
                                            u"case",    u"default", u"break", u"continue", u"throw",  u"try",    u"catch",      u"finally", u"class",
                                            u"extends", u"static",  u"async", u"await",    u"yield",  u"get",    u"set",        u"import",  u"export"};
    return keywords.contains(word);
}

// The longest operator at the beginning.
QStringView operatorAt(QStringView rest)
{
    constexpr std::array<QStringView, 47> operators{u">>>=", u"...", u"===", u"!==", u"**=", u"<<=", u">>=", u">>>", u"&&=", u"||=", u"?\?=", u"=>",
                                                    u"==",   u"!=",  u"<=",  u">=",  u"&&",  u"||",  u"??",  u"?.",  u"++",  u"--",  u"+=",   u"-=",
                                                    u"*=",   u"/=",  u"%=",  u"&=",  u"|=",  u"^=",  u"<<",  u">>",  u"**",  u"+",   u"-",    u"*",
                                                    u"/",    u"%",   u"=",   u"<",   u">",   u"!",   u"&",   u"|",   u"^",   u"~",   u"?"};
    for (const QStringView known : operators) {
        if (rest.startsWith(known))
            return known;
    }
    return {};
}

class Lexer
{
public:
    Lexer(QStringView script, Return atTop)
        : m_script(script)
        , m_atTop(atTop)
    {
    }

    std::optional<ScriptFault> check()
    {
        while (!m_fault && next())
            ;
        if (!m_fault && !m_open.isEmpty())
            fail(m_openAt.back(), u"%1 is not closed"_s.arg(m_script.mid(m_openAt.back(), 1)));
        if (!m_fault && m_last.kind == Kind::Binary)
            fail(m_last.at, u"a value is missing after %1"_s.arg(m_last.text));
        return m_fault;
    }

    QStringList inputs()
    {
        m_isCollecting = true;
        check();
        return m_inputs;
    }

private:
    void fail(qsizetype at, const QString &message)
    {
        if (!m_fault)
            m_fault = ScriptFault{at, message};
    }

    bool next()
    {
        bool isAfterBreak = false;
        if (!skipBlanks(isAfterBreak) || m_at >= m_script.size())
            return false;
        Token token;
        token.at = m_at;
        token.isAfterBreak = isAfterBreak;
        const QChar c = m_script[m_at];
        if (c == u'"' || c == u'\'') {
            token.kind = Kind::Value;
            skipQuoted(c);
        } else if (c == u'`') {
            token.kind = Kind::Value;
            skipTemplate();
        } else if (c.isDigit() || (c == u'.' && m_at + 1 < m_script.size() && m_script[m_at + 1].isDigit())) {
            token.kind = Kind::Value;
            while (m_at < m_script.size() && (isName(m_script[m_at]) || m_script[m_at] == u'.'))
                ++m_at;
        } else if (isNameStart(c)) {
            while (m_at < m_script.size() && isName(m_script[m_at]))
                ++m_at;
            const QStringView word = m_script.mid(token.at, m_at - token.at);
            const bool isProperty = m_last.text == u"." || m_last.text == u"?.";
            token.kind = isKeyword(word) && !isProperty ? Kind::Keyword : Kind::Word;
        } else if (c == u'(' || c == u'[' || c == u'{') {
            token.kind = Kind::Open;
            m_open += c;
            m_openAt.push_back(m_at++);
        } else if (c == u')' || c == u']' || c == u'}') {
            token.kind = Kind::Close;
            close(c);
            ++m_at;
        } else if (c == u',' || c == u';' || c == u':' || c == u'.') {
            token.kind = m_script.mid(m_at).startsWith(u"..."_s) ? Kind::Unary : Kind::Separator;
            m_at += token.kind == Kind::Unary ? 3 : 1;
        } else if (c == u'/' && isRegexAhead()) {
            token.kind = Kind::Value;
            skipRegex();
        } else if (const QStringView sign = operatorAt(m_script.mid(m_at)); !sign.isEmpty()) {
            const bool canStand =
                sign == u"!" || sign == u"~" || sign == u"++" || sign == u"--" || sign == u"..." || ((sign == u"+" || sign == u"-") && !isValueBefore());
            token.kind = canStand ? Kind::Unary : Kind::Binary;
            m_at += sign.size();
        } else {
            fail(m_at, u"%1 has no meaning here"_s.arg(c));
            return false;
        }
        token.text = m_script.mid(token.at, m_at - token.at);
        compare(token);
        m_last = token;
        return true;
    }

    // Two tokens side by side that cannot be.
    void compare(const Token &token)
    {
        const bool isPlainValue = m_last.kind == Kind::Value || m_last.kind == Kind::Word || m_last.text == u"]";
        if (isPlainValue && (token.kind == Kind::Value || token.kind == Kind::Word) && !token.isAfterBreak && !token.text.startsWith(u'`'))
            fail(token.at, u"%1 follows directly after %2"_s.arg(token.text, m_last.text));
        const bool cannotFollow =
            token.kind == Kind::Binary || token.text == u")" || token.text == u"]" || token.text == u"}" || token.text == u";" || token.text == u",";
        if (m_last.kind == Kind::Binary && cannotFollow && m_last.text != u"=>")
            fail(token.at, u"a value is missing between %1 and %2"_s.arg(m_last.text, token.text));
        if (token.kind == Kind::Keyword && token.text == u"return" && m_open.isEmpty() && m_atTop == Return::Refused)
            fail(token.at, u"return stands outside of a function"_s);
        if (m_isCollecting && token.kind == Kind::Word && m_last.text == u"." && m_beforeLast == u"$" && !m_inputs.contains(token.text))
            m_inputs << token.text.toString();
        m_beforeLast = m_last.text;
    }

    bool isValueBefore() const { return m_last.kind == Kind::Value || m_last.kind == Kind::Word || m_last.kind == Kind::Close; }
    bool isRegexAhead() const { return !isValueBefore() || m_last.text == u"}"; }

    void close(QChar c)
    {
        const QChar wanted = c == u')' ? u'(' : c == u']' ? u'[' : u'{';
        if (m_open.isEmpty() || m_open.back() != wanted) {
            fail(m_at, u"%1 closes nothing"_s.arg(c));
            return;
        }
        m_open.chop(1);
        m_openAt.pop_back();
    }

    bool skipBlanks(bool &isAfterBreak)
    {
        while (m_at < m_script.size()) {
            const QStringView rest = m_script.mid(m_at);
            if (rest[0].isSpace()) {
                isAfterBreak = isAfterBreak || rest[0] == u'\n';
                ++m_at;
            } else if (rest.startsWith(u"//"_s)) {
                const qsizetype end = m_script.indexOf(u'\n', m_at);
                m_at = end < 0 ? m_script.size() : end;
            } else if (rest.startsWith(u"/*"_s)) {
                const qsizetype end = m_script.indexOf(u"*/"_s, m_at + 2);
                if (end < 0) {
                    fail(m_at, u"this comment is not closed"_s);
                    return false;
                }
                m_at = end + 2;
            } else {
                break;
            }
        }
        return true;
    }

    void skipQuoted(QChar quote)
    {
        const qsizetype begin = m_at++;
        while (m_at < m_script.size() && m_script[m_at] != quote) {
            if (m_script[m_at] == u'\n')
                break;
            m_at += m_script[m_at] == u'\\' ? 2 : 1;
        }
        if (m_at >= m_script.size() || m_script[m_at] != quote) {
            fail(begin, u"this text is not closed"_s);
            m_at = m_script.size();
            return;
        }
        ++m_at;
    }

    void skipTemplate()
    {
        const qsizetype begin = m_at++;
        int braces = 0;
        while (m_at < m_script.size() && (m_script[m_at] != u'`' || braces > 0)) {
            if (m_script.mid(m_at).startsWith(u"${"_s))
                ++braces;
            else if (m_script[m_at] == u'}' && braces > 0)
                --braces;
            m_at += m_script[m_at] == u'\\' ? 2 : 1;
        }
        if (m_at >= m_script.size()) {
            fail(begin, u"this text is not closed"_s);
            m_at = m_script.size();
            return;
        }
        ++m_at;
    }

    void skipRegex()
    {
        const qsizetype begin = m_at++;
        bool isInClass = false;
        while (m_at < m_script.size() && (m_script[m_at] != u'/' || isInClass) && m_script[m_at] != u'\n') {
            if (m_script[m_at] == u'[')
                isInClass = true;
            else if (m_script[m_at] == u']')
                isInClass = false;
            m_at += m_script[m_at] == u'\\' ? 2 : 1;
        }
        if (m_at >= m_script.size() || m_script[m_at] != u'/') {
            fail(begin, u"a value is missing before / or this regular expression is not closed"_s);
            m_at = m_script.size();
            return;
        }
        ++m_at;
        while (m_at < m_script.size() && m_script[m_at].isLetter())
            ++m_at;
    }

    const QStringView m_script;
    const Return m_atTop;
    qsizetype m_at = 0;
    QString m_open;
    std::vector<qsizetype> m_openAt;
    Token m_last;
    QStringView m_beforeLast;
    bool m_isCollecting = false;
    QStringList m_inputs;
    std::optional<ScriptFault> m_fault;
};

} // namespace

std::optional<ScriptFault> scriptFault(QStringView script, Return atTop) { return Lexer(script, atTop).check(); }

QStringList scriptInputs(QStringView script) { return Lexer(script, Return::Allowed).inputs(); }

} // namespace conductor
