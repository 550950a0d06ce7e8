#include "conductor/definition/printer.h"

#include "conductor/definition/schema.h"

#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr qsizetype longestLine = 110;

QString quoted(QStringView text)
{
    QString result = u"\""_s;
    result.reserve(text.size() + 2);
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"':
            result += u"\\\"";
            break;
        case u'\\':
            result += u"\\\\";
            break;
        case u'\n':
            result += u"\\n";
            break;
        case u'\r':
            result += u"\\r";
            break;
        case u'\t':
            result += u"\\t";
            break;
        default:
            // Lone halves of surrogate pairs too: they have no UTF-8.
            if (c.unicode() < 0x20 || c.isSurrogate())
                result += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
            else
                result += c;
        }
    }
    return result + u'"';
}

// Whole surrogate pairs stay as they are.
QString textValue(const QString &text)
{
    QString result;
    qsizetype from = 0;
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i].isHighSurrogate() && text[i + 1].isLowSurrogate()) {
            result += quoted(QStringView(text).mid(from, i - from)).mid(1).chopped(1) + text.mid(i, 2);
            from = i + 2;
            ++i;
        }
    }
    return u'"' + result + quoted(QStringView(text).mid(from)).mid(1);
}

QString scalar(const QJsonValue &json)
{
    switch (json.type()) {
    case QJsonValue::Bool:
        return json.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double: {
        const QVariant number = json.toVariant();
        if (number.typeId() == QMetaType::LongLong)
            return QString::number(number.toLongLong());
        const double value = json.toDouble();
        constexpr double exact = 9007199254740992.0;
        if (value == std::floor(value) && std::abs(value) < exact)
            return QString::number(qint64(value));
        return QString::number(value, 'g', QLocale::FloatingPointShortest);
    }
    case QJsonValue::String:
        return textValue(json.toString());
    default:
        return u"null"_s;
    }
}

bool isScalar(const QJsonValue &json) { return !json.isObject() && !json.isArray(); }

class Printer
{
public:
    QString print(const QJsonValue &json, const Schema *schema)
    {
        write(json, schema, 0);
        m_text += u'\n';
        return std::move(m_text);
    }

private:
    void write(const QJsonValue &json, const Schema *schema, int depth)
    {
        if (json.isObject())
            writeObject(json.toObject(), schema, depth);
        else if (json.isArray())
            writeArray(json.toArray(), schema, depth);
        else
            m_text += scalar(json);
    }

    QStringList ordered(const QJsonObject &object, const Schema *schema) const
    {
        QStringList keys = object.keys();
        if (schema)
            std::stable_sort(keys.begin(), keys.end(), [&](const QString &a, const QString &b) { return schema->place(a) < schema->place(b); });
        return keys;
    }

    void writeObject(const QJsonObject &object, const Schema *schema, int depth)
    {
        if (object.isEmpty()) {
            m_text += u"{}";
            return;
        }
        if (const QString line = schema ? QString() : onOneLine(object, depth); !line.isEmpty()) {
            m_text += line;
            return;
        }
        m_text += u'{';
        bool isFirst = true;
        for (const QString &key : ordered(object, schema)) {
            m_text += isFirst ? u"\n"_s : u",\n"_s;
            isFirst = false;
            m_text += QString((depth + 1) * 2, u' ') + textValue(key) + u": ";
            writeMember(object[key], schema ? schema->field(key) : nullptr, depth + 1);
        }
        m_text += u'\n' + QString(depth * 2, u' ') + u'}';
    }

    void writeMember(const QJsonValue &json, const SchemaField *field, int depth)
    {
        if (field && (field->shape == FieldShape::Tasks || field->shape == FieldShape::Branches)) {
            write(json, &taskSchema(), depth);
        } else if (field && field->shape == FieldShape::Cases && json.isObject() && !json.toObject().isEmpty()) {
            const QJsonObject cases = json.toObject();
            m_text += u'{';
            bool isFirst = true;
            for (auto it = cases.begin(); it != cases.end(); ++it) {
                m_text += isFirst ? u"\n"_s : u",\n"_s;
                isFirst = false;
                m_text += QString((depth + 1) * 2, u' ') + textValue(it.key()) + u": ";
                write(it.value(), &taskSchema(), depth + 1);
            }
            m_text += u'\n' + QString(depth * 2, u' ') + u'}';
        } else if (field && field->shape == FieldShape::Object) {
            const bool isShort = json.isObject() && !onOneLine(json.toObject(), depth).isEmpty();
            write(json, isShort ? nullptr : field->schema, depth);
        } else if (field && field->key == u"workflowDefinition" && json.isObject()) {
            write(json, &workflowSchema(), depth);
        } else {
            write(json, nullptr, depth);
        }
    }

    void writeArray(const QJsonArray &array, const Schema *schema, int depth)
    {
        if (array.isEmpty()) {
            m_text += u"[]";
            return;
        }
        if (std::all_of(array.begin(), array.end(), isScalar)) {
            QStringList parts;
            for (const QJsonValue &value : array)
                parts << scalar(value);
            if (const QString line = u"[%1]"_s.arg(parts.join(u", "_s)); line.size() + depth * 2 <= longestLine) {
                m_text += line;
                return;
            }
        }
        m_text += u'[';
        bool isFirst = true;
        for (const QJsonValue &value : array) {
            m_text += isFirst ? u"\n"_s : u",\n"_s;
            isFirst = false;
            m_text += QString((depth + 1) * 2, u' ');
            write(value, schema, depth + 1);
        }
        m_text += u'\n' + QString(depth * 2, u' ') + u']';
    }

    // Short objects of plain values; empty when it is none.
    static QString onOneLine(const QJsonObject &object, int depth)
    {
        if (object.size() > 4)
            return {};
        QStringList parts;
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!isScalar(it.value()))
                return {};
            parts << textValue(it.key()) + u": " + scalar(it.value());
        }
        const QString line = u"{ %1 }"_s.arg(parts.join(u", "_s));
        return line.size() + depth * 2 <= longestLine - 30 ? line : QString();
    }

    QString m_text;
};

} // namespace

QString definitionText(const QJsonObject &definition) { return Printer().print(definition, &workflowSchema()); }

QString jsonText(const QJsonValue &json) { return Printer().print(json, nullptr); }

} // namespace conductor
