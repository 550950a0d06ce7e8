// A line to type into, its name above and remarks about it below. The form that it stands in owns it.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace app {

class NoteLine;

class FormField : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Plain, Secret }; // Secret: masked, and nothing of it is offered to input methods

    explicit FormField(const QString &name, Kind kind = Kind::Plain, QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    void setPlaceholder(const QString &text);
    void setHint(const QString &hint);      // quiet, below; empty for none
    void complain(const QString &what);     // empty: nothing is wrong with it
    void forget();                          // what was typed, and what could be undone to

Q_SIGNALS:
    void changed();
    void entered(); // Enter was pressed

private:
    QLineEdit *m_edit;
    QLabel *m_hint;
    NoteLine *m_note;
};

} // namespace app
