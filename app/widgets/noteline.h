// Remarks under a field about what is in it: quiet, but with a glyph that is seen. Hidden while there are none.
#pragma once

#include <QWidget>

class QLabel;

namespace app {

class NoteLine : public QWidget
{
    Q_OBJECT

public:
    explicit NoteLine(QWidget *parent = nullptr);

    void say(const QStringList &notes); // a line each

protected:
    void changeEvent(QEvent *event) override;

private:
    void tint();

    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace app
