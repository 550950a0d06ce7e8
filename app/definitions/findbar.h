// The line that something is looked for in a text with. What it is looked for in belongs to its owner.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace app {

class FindBar : public QWidget
{
    Q_OBJECT

public:
    enum class Way { Here, Next, Previous }; // Here: while it is typed

    explicit FindBar(QWidget *parent = nullptr); // hidden

    void open(const QString &text); // with that to look for, when it is not empty
    void close();
    QString text() const;
    void tell(int found); // how often it is there

Q_SIGNALS:
    void sought(const QString &text, app::FindBar::Way way);
    void closed();

private:
    QLineEdit *m_field;
    QLabel *m_count;
};

} // namespace app
