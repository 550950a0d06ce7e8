#include "app/console/argumentfield.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/noteline.h"
#include "conductor/base/hostile.h"
#include "conductor/definition/printer.h"

#include <QComboBox>
#include <QCompleter>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStringListModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Error;
using conductor::Failure;
using conductor::harmless;
using conductor::Result;

namespace app {
namespace {

constexpr qsizetype mostChoices = 500;

Failure wrong(const QString &message)
{
    return Failure({Error::Kind::Validation, message});
}

// A single value is no JSON document before Qt 6.9.
Result<QJsonValue> jsonValue(const QString &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray("[" + text.toUtf8() + "]"), &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return wrong(ArgumentField::tr("This is not JSON: %1").arg(error.error == QJsonParseError::NoError ? ArgumentField::tr("several values") : error.errorString()));
    return document.array().first();
}

QString compact(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

// Titled or plain: {value, what is shown}.
std::vector<std::pair<QJsonValue, QString>> choicesOf(const QJsonObject &schema)
{
    std::vector<std::pair<QJsonValue, QString>> choices;
    const QJsonArray plain = schema[u"enum"].toArray(), names = schema[u"enumNames"].toArray(), titled = schema[u"oneOf"].toArray();
    for (qsizetype i = 0; i < plain.size(); ++i)
        choices.emplace_back(plain[i], i < names.size() ? names[i].toString() : compact(plain[i]));
    for (const QJsonValue &one : titled)
        choices.emplace_back(one[u"const"], one[u"title"].toString(compact(one[u"const"])));
    return choices;
}

} // namespace

ArgumentField::Kind ArgumentField::kindOf(const QJsonObject &schema)
{
    const QString type = schema[u"type"].toString();
    const bool titled = !schema[u"oneOf"].toArray().isEmpty() && schema[u"oneOf"][0].toObject().contains(u"const");
    const qsizetype choices = std::max(schema[u"enum"].toArray().size(), titled ? schema[u"oneOf"].toArray().size() : 0);
    if (choices > 0 && choices <= mostChoices)
        return Kind::Choice;
    if (type == u"boolean")
        return Kind::YesNo;
    if (type == u"integer")
        return Kind::Whole;
    if (type == u"number")
        return Kind::Number;
    if (type == u"string")
        return Kind::Text;
    return type == u"array" && schema[u"items"][u"type"].toString() == u"string" ? Kind::Texts : Kind::Json;
}

ArgumentField::ArgumentField(const QString &name, const QJsonObject &schema, bool required, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_kind(kindOf(schema))
    , m_required(required)
    , m_note(new NoteLine)
{
    build(schema, required);
    if (schema.contains(u"default"))
        setValue(schema[u"default"]);
}

void ArgumentField::build(const QJsonObject &schema, bool required)
{
    const QString shown = harmless(schema[u"title"].toString(m_name), 80);
    auto *label = new QLabel(required ? tr("%1 (required)").arg(shown) : shown);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setTextStyle(*label, TextStyle::Strong);
    auto *hint = new QLabel(harmless(schema[u"description"].toString(), 1000));
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    setTextStyle(*hint, TextStyle::Hint);
    hint->setVisible(!hint->text().isEmpty());
    QWidget *editor = buildEditor(schema);
    editor->setAccessibleName(label->text());
    editor->setAccessibleDescription(hint->text());
    label->setBuddy(editor);
    setFocusProxy(editor);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addWidget(label);
    layout->addWidget(hint);
    layout->addWidget(editor);
    layout->addWidget(m_note);
}

QWidget *ArgumentField::buildEditor(const QJsonObject &schema)
{
    switch (m_kind) {
    case Kind::YesNo:
    case Kind::Choice:
        m_choice = new QComboBox;
        m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_choice->setMinimumContentsLength(12);
        m_choice->addItem(tr("Not set"));
        if (m_kind == Kind::YesNo) {
            m_choice->addItem(tr("Yes"), QJsonValue(true));
            m_choice->addItem(tr("No"), QJsonValue(false));
        }
        for (const auto &[value, words] : m_kind == Kind::Choice ? choicesOf(schema) : std::vector<std::pair<QJsonValue, QString>>())
            m_choice->addItem(harmless(words, 80), value);
        return m_choice;
    case Kind::Texts:
    case Kind::Json:
        m_area = new QPlainTextEdit;
        m_area->setTabChangesFocus(true);
        m_area->setFont(textFont(TextStyle::Mono));
        m_area->setFixedHeight((m_kind == Kind::Json ? 5 : 3) * m_area->fontMetrics().lineSpacing() + 2 * Metrics::rowGap);
        m_area->setPlaceholderText(m_kind == Kind::Json ? tr("JSON") : tr("One a line"));
        return m_area;
    case Kind::Text:
    case Kind::Whole:
    case Kind::Number:
        break;
    }
    m_line = new QLineEdit;
    m_line->setMaxLength(1'000'000);
    if (m_kind != Kind::Text)
        m_line->setPlaceholderText(m_kind == Kind::Whole ? tr("A whole number") : tr("A number"));
    m_values = new QStringListModel(this);
    auto *completer = new QCompleter(m_values, m_line);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion); // the server has chosen them
    m_line->setCompleter(completer);
    connect(m_line, &QLineEdit::textEdited, this, &ArgumentField::typedIn);
    connect(m_line, &QLineEdit::returnPressed, this, &ArgumentField::entered);
    return m_line;
}

Result<std::optional<QJsonValue>> ArgumentField::value() const
{
    const QString text = m_line ? m_line->text() : m_area ? m_area->toPlainText() : QString();
    const bool empty = m_choice ? m_choice->currentIndex() <= 0 : m_line ? text.isEmpty() : text.trimmed().isEmpty();
    if (empty && m_required)
        return wrong(tr("This is required."));
    if (empty)
        return std::nullopt;
    bool fits = true;
    switch (m_kind) {
    case Kind::YesNo:
    case Kind::Choice:
        return m_choice->currentData().toJsonValue();
    case Kind::Text:
        return QJsonValue(text);
    case Kind::Whole:
        if (const qint64 number = text.trimmed().toLongLong(&fits); fits)
            return QJsonValue(number);
        return wrong(tr("This is to be a whole number."));
    case Kind::Number:
        if (const double number = text.trimmed().toDouble(&fits); fits && qIsFinite(number))
            return QJsonValue(number);
        return wrong(tr("This is to be a number such as 2.5."));
    case Kind::Texts:
        return QJsonValue(QJsonArray::fromStringList(text.split(u'\n', Qt::SkipEmptyParts)));
    case Kind::Json:
        break;
    }
    const Result<QJsonValue> json = jsonValue(text);
    if (!json)
        return Failure(json.error());
    return *json;
}

void ArgumentField::setValue(const QJsonValue &value)
{
    if (m_choice) {
        m_choice->setCurrentIndex(0);
        for (int i = 1; i < m_choice->count(); ++i) {
            if (m_choice->itemData(i).toJsonValue() == value)
                m_choice->setCurrentIndex(i);
        }
    } else if (m_line) {
        m_line->setText(value.isUndefined() || value.isNull() ? QString() : compact(value));
    } else if (m_kind == Kind::Texts && value.isArray()) {
        QStringList lines;
        const QJsonArray all = value.toArray();
        for (const QJsonValue &one : all)
            lines << compact(one);
        m_area->setPlainText(lines.join(u'\n'));
    } else {
        m_area->setPlainText(value.isUndefined() ? QString() : conductor::jsonText(value).trimmed());
    }
    complain({});
}

QString ArgumentField::typed() const
{
    return m_line ? m_line->text() : QString();
}

void ArgumentField::complain(const QString &what)
{
    m_note->say(what.isEmpty() ? QStringList() : QStringList(what));
}

void ArgumentField::offer(const QStringList &values)
{
    if (!m_values || !m_line->hasFocus())
        return;
    QStringList shown; // what would not look like what it is cannot be chosen
    for (const QString &value : values) {
        if (harmless(value, 200) == value)
            shown << value;
    }
    m_values->setStringList(shown);
    if (!shown.isEmpty() && shown != QStringList(m_line->text()))
        m_line->completer()->complete();
}

} // namespace app
