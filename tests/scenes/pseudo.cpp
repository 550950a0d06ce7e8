#include "scenes/pseudo.h"

using namespace Qt::StringLiterals;

namespace scenes {

QString PseudoTranslator::translate(const char *, const char *text, const char *, int) const
{
    static const QString plain = u"aceinorsuyACEINORSUY"_s;
    static const QString accented = u"áčéíñóŕśúýÁČÉÍÑÓŔŚÚÝ"_s;
    const QString source = QString::fromUtf8(text);
    QString longer;
    bool placeholder = false; // %1 stays as it is
    for (const QChar character : source) {
        const qsizetype place = plain.indexOf(character);
        longer += place >= 0 && !placeholder ? accented[place] : character;
        placeholder = character == u'%';
    }
    longer += QString(source.size() / 5, u'·');
    return u"[!! %1 !!]"_s.arg(longer.replace(u'%', u"\u0001"_s)).replace(u'\u0001', u'%');
}

} // namespace scenes
