// One argument as its schema describes it: a line, a number, yes or no, a choice, a list, or JSON. Its form owns it.
#pragma once

#include "conductor/base/result.h"

#include <QJsonObject>
#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QStringListModel;

namespace app {

class NoteLine;

class ArgumentField : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Text, Whole, Number, YesNo, Choice, Texts, Json };

    // All of it is hostile text.
    ArgumentField(const QString &name, const QJsonObject &schema, bool required, QWidget *parent = nullptr);

    static Kind kindOf(const QJsonObject &schema);

    const QString &name() const { return m_name; }

    // Nothing where it was left empty. Errors: Validation in words for the person.
    conductor::Result<std::optional<QJsonValue>> value() const;
    void setValue(const QJsonValue &value);
    QString typed() const; // a text as far as it is written

    void complain(const QString &what); // empty: nothing is wrong with it
    void offer(const QStringList &values); // what completes the text

Q_SIGNALS:
    void typedIn(const QString &text); // by the person
    void entered();

private:
    void build(const QJsonObject &schema, bool required);
    QWidget *buildEditor(const QJsonObject &schema);

    QString m_name;
    Kind m_kind;
    bool m_required;
    QLineEdit *m_line = nullptr;
    QComboBox *m_choice = nullptr;
    QPlainTextEdit *m_area = nullptr;
    QStringListModel *m_values = nullptr;
    NoteLine *m_note;
};

} // namespace app
