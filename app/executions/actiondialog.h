// Asks before something is done to a run that cannot be taken back: names verb and object, says what it does, and takes what
// the call needs. Nothing of it is the default. Opened without blocking; deletes itself when closed.
#pragma once

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace app {

class ActionDialog : public QDialog
{
    Q_OBJECT

public:
    // verb: "Terminate the run"; on the button too. consequence: one or two sentences.
    ActionDialog(const QString &verb, const QString &object, const QString &consequence, QWidget *parent);

    void askText(const QString &label, const QString &placeholder);
    void offer(const QString &choice); // something to tick
    void demandName(const QString &name); // to be typed first: on production servers

    QString text() const;
    bool isTicked() const;

    void done(int result) override;

Q_SIGNALS:
    void confirmed();

private:
    void addField(const QString &label, QLineEdit *field);

    QLineEdit *m_text = nullptr;
    QCheckBox *m_choice = nullptr;
    QPushButton *m_confirm;
    QPushButton *m_cancel;
    QVBoxLayout *m_fields;
};

} // namespace app
